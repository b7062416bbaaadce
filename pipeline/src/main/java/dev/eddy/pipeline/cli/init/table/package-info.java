/**
 * How files that {@code eddy init} was given are written, and what the cells of each column hold.
 *
 * <p>A {@code DialectGuess} says how the first file's text is divided, a {@code TableHead} where
 * its table begins and what names the columns; {@code CsvTables} reads all rows by that. {@code
 * Column} learns what cells hold: {@code Numbers} in some form, {@code MissingWords}, {@code
 * TimeForms}, {@code Outliers}. {@code TimeCandidates} lists how columns may hold the rows' times.
 */
package dev.eddy.pipeline.cli.init.table;
