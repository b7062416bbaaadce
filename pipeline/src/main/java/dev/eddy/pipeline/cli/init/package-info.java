/**
 * Guesses a deployment from CSV files, for {@code eddy init}: columns and their types, time, key,
 * frequency, target, split.
 *
 * <p>A {@code CsvTable} is one file as it seems to be written, {@code CsvTables} all of them.
 * {@code Column}, {@code TimeGuess} and {@code SeriesTimes} say what their rows look like, {@code
 * CsvGuess} makes one guess of that and of the user's {@code InitWishes}, and {@code
 * StartingDeployment} writes it as YAML and says what to check.
 *
 * <p>May import {@code yaml} and {@code deployment}, and nothing else of the pipeline.
 */
package dev.eddy.pipeline.cli.init;
