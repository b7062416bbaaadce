/**
 * A report: one HTML file that needs nothing but a browser, its plots drawn as SVG.
 *
 * <p>A {@code Report} has sections, a {@code Section} has elements: tables, figures, or what is
 * folded away until it is asked for. A {@code Figure} is a plot in a {@code Frame} with two axes.
 * {@code ReportTable} is a table that is also printed on the console.
 *
 * <p>Knows nothing of models and scores, and imports nothing of the pipeline.
 */
package dev.eddy.pipeline.cli.report;
