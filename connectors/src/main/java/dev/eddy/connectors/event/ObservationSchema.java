package dev.eddy.connectors.event;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private static final Set<String> RESERVED = Set.of("key", "time");

  public ObservationSchema {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    Set<String> seen = new HashSet<>(RESERVED);
    numeric.forEach(name -> requireNew(seen, name));
    categorical.forEach(name -> requireNew(seen, name));
    if (label != null) {
      requireNew(seen, label);
    }
  }

  private static void requireNew(Set<String> seen, String name) {
    if (!seen.add(name)) {
      throw new IllegalArgumentException(
          "input: field " + name + " (must be named once, and not key or time)");
    }
  }
}
