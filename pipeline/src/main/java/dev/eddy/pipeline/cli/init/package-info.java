/**
 * Guesses a deployment from CSV files, for {@code eddy init}: time, key, frequency, target, split.
 *
 * <p>{@code table} reads the files and says what their columns hold. {@code TimeCandidates} lists
 * what may be the time and {@code TimeFinder} tries it on all rows; {@code KeyFinder} does so for
 * the key; {@code SeriesTimes} and {@code SeriesLook} say what series have in common. {@code
 * Guessing} makes a {@code CsvGuess} of that and of the user's {@code InitWishes}; {@code
 * StartingDeployment} says what to check, {@code DeploymentYaml} and {@code ReplayYaml} write it.
 * {@code TopicDeployment} lays the records of a topic out as such a file.
 *
 * <p>May import {@code yaml} and {@code deployment}, and nothing else of the pipeline.
 */
package dev.eddy.pipeline.cli.init;
