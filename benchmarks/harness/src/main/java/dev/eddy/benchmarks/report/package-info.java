/**
 * What was found: results, tables, goals. A <i>result</i> is one figure of one engine at one place;
 * a <i>target</i> is a goal, the ratio to a peer that was aimed at, and what was reached of it; a
 * <i>page</i> shows both on a console, or between the marks of a Markdown file.
 *
 * <p>Imports nothing of the benchmarks, and of Eddy only what a cell is.
 */
package dev.eddy.benchmarks.report;
