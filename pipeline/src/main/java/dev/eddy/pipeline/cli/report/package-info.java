/**
 * A report: one HTML file that needs nothing but a browser, in which uPlot draws its plots.
 *
 * <p>A {@code Report} has sections, a {@code Section} has elements: tables, charts, or what is
 * folded away until it is asked for. A {@code Chart} is what {@code report.js} is to draw: of
 * curves ({@code LinePlot}), forecasts ({@code ForecastPlot}) or labels over time ({@code
 * StatePlot}). {@code ReportTable} is a table that is also printed on the console.
 *
 * <p>Knows nothing of models and scores, and imports nothing of the pipeline.
 */
package dev.eddy.pipeline.cli.report;
