package dev.eddy.connectors.file.row;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.ReplaySettings;
import java.util.List;
import java.util.Optional;

/** Layout long: a row is one observation, a column one feature. */
final class LongRows implements RowMapper {
  private final TimeColumns time;
  private final RowKeys keys;
  private final Fields fields;

  LongRows(ReplaySettings settings, ObservationSchema schema, Columns columns, RowKeys keys) {
    this.keys = keys;
    time = new TimeColumns(settings, columns);
    fields = new Fields(schema, columns, new Cells(settings), Optional.empty());
  }

  @Override
  public List<Observation> map(List<String> row, long number) {
    String key = keys.read(row);
    long millis = time.read(row, time.indices().length == 0 ? keys.countRow(key) : number, key);
    return time.inPeriod(millis) ? List.of(fields.read(key, millis, row)) : List.of();
  }

  @Override
  public void pass() {
    keys.pass();
  }

  @Override
  public long secondPasses() {
    return time.secondPasses();
  }
}
