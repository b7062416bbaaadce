package dev.eddy.connectors.event;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a deployment's observation records.
 *
 * @param numeric names of numeric features, a forecast's target among them
 * @param categorical names of categorical features
 * @param label name of the label's field; null where observations carry none
 */
public record ObservationSchema(
    List<String> numeric, List<String> categorical, @Nullable String label)
    implements Serializable {
  public ObservationSchema {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
  }
}
