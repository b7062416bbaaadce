/**
 * Guesses a deployment from CSV files, for {@code eddy init}: columns and their types, time, key,
 * frequency, target, split.
 *
 * <p>A {@code DialectGuess} says how the first file's text is divided, {@code CsvTables} reads all
 * rows by it. {@code Column} learns what cells hold; {@code TimeCandidates} lists what may be the
 * time and {@code TimeFinder} tries it on all rows; {@code KeyFinder} does so for the key; {@code
 * SeriesTimes} and {@code SeriesLook} say what series have in common. {@code Guessing} makes a
 * {@code CsvGuess} of that and of the user's {@code InitWishes}; {@code StartingDeployment} and
 * {@code ReplayYaml} write it as YAML and say what to check.
 *
 * <p>May import {@code yaml} and {@code deployment}, and nothing else of the pipeline.
 */
package dev.eddy.pipeline.cli.init;
