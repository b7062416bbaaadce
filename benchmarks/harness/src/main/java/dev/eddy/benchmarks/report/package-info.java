/** What was found: figures, tables, goals. */
package dev.eddy.benchmarks.report;
