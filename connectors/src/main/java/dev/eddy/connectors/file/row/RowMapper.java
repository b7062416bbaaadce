package dev.eddy.connectors.file.row;

import dev.eddy.connectors.event.Observation;
import java.util.List;

/** Makes observations of one file's rows. */
public interface RowMapper {
  /**
   * The observations of a row: none where the row lies outside the period.
   *
   * @param cells the row's cells, as many as there are columns, trimmed
   * @param row its number in the file, from 0
   * @throws RowException naming the column, the value found and what was expected
   */
  List<Observation> map(List<String> cells, long row);
}
