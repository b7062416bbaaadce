/** Scores of predictions, and how the commands show them: on the console, in a report, as JSON. */
package dev.eddy.pipeline.cli.score;
