package dev.eddy.connectors.event;

import dev.eddy.settings.Require;
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
 * @param future which of the numeric features have a future, told in a field {@code future}
 */
public record ObservationSchema(
    List<String> numeric, List<String> categorical, @Nullable String label, FutureFields future)
    implements Serializable {
  private static final Set<String> RESERVED = Set.of("key", "time");

  /** Observations whose features have no future. */
  public ObservationSchema(List<String> numeric, List<String> categorical, @Nullable String label) {
    this(numeric, categorical, label, FutureFields.NONE);
  }

  public ObservationSchema {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    Set<String> seen = new HashSet<>(RESERVED);
    numeric.forEach(name -> requireNew(seen, name));
    categorical.forEach(name -> requireNew(seen, name));
    if (label != null) {
      requireNew(seen, label);
    }
    Require.that(
        future.isEmpty() || seen.add("future"),
        "input",
        "future",
        "no feature where input.future is set");
    requireNumeric(future.features(), numeric);
  }

  private static void requireNumeric(List<String> future, List<String> numeric) {
    for (String name : future) {
      Require.that(
          numeric.contains(name) && !name.equals("ahead"),
          "input.future",
          name,
          "one of " + numeric + ", and not ahead");
    }
  }

  private static void requireNew(Set<String> seen, String name) {
    Require.that(seen.add(name), "input", name, "named once, and not key or time");
  }
}
