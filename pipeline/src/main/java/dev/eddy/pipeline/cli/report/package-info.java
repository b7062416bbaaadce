/** A run's report: one HTML file that needs nothing else, its plots drawn as SVG. */
package dev.eddy.pipeline.cli.report;
