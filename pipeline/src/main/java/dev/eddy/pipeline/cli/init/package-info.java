/** Guesses a deployment from a CSV file: its columns, their types, time, key and frequency. */
package dev.eddy.pipeline.cli.init;
