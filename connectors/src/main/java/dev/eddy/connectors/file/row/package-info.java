/**
 * From the text of a file to the observations of its rows. A <i>row reader</i> splits text into
 * rows of <i>cells</i>; <i>columns</i> know where each name lies, by the file's name or the new
 * one; a <i>row mapper</i> makes observations of a row in one of three layouts: <i>long</i>, a row
 * is one observation; <i>wide</i>, a row is melted into one observation of each of some columns;
 * <i>series</i>, a row is a whole key. A {@code RowException} names the column, the value found and
 * what was expected.
 *
 * <p>Imports {@code event}, {@code file.settings}, and of {@code serde.json} how times are written.
 */
package dev.eddy.connectors.file.row;
