package dev.eddy.connectors.event;

import dev.eddy.settings.Require;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a deployment's observation records, and where they lie.
 *
 * @param numeric names of numeric features, a forecast's target among them
 * @param categorical names of categorical features
 * @param label name of the label's field; null where observations carry none
 * @param future which of the numeric features have a future, told in a field {@code future}
 * @param layout how records hold the fields
 * @param shared which of the numeric features another topic brings, for all keys: records may hold
 *     them, and need not
 */
public record ObservationSchema(
    List<String> numeric,
    List<String> categorical,
    @Nullable String label,
    FutureFields future,
    RecordLayout layout,
    List<String> shared)
    implements Serializable {
  private static final Set<String> RESERVED = Set.of("key", "time");

  /** Observations whose features have no future. */
  public ObservationSchema(List<String> numeric, List<String> categorical, @Nullable String label) {
    this(numeric, categorical, label, FutureFields.NONE);
  }

  /** Records that hold each field under its own name. */
  public ObservationSchema(
      List<String> numeric, List<String> categorical, @Nullable String label, FutureFields future) {
    this(numeric, categorical, label, future, RecordLayout.PLAIN);
  }

  /** Records that bring all features themselves. */
  public ObservationSchema(
      List<String> numeric,
      List<String> categorical,
      @Nullable String label,
      FutureFields future,
      RecordLayout layout) {
    this(numeric, categorical, label, future, layout, List.of());
  }

  public ObservationSchema {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    shared = List.copyOf(shared);
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
    layout.fields().keySet().forEach(name -> requireKnown(seen, name));
    if (!layout.fields().isEmpty()) {
      requireApart(new ArrayList<>(seen), layout);
    }
  }

  /** The same, less patient with a schema registry: for commands that a person waits for. */
  public ObservationSchema within(Duration patience) {
    RecordLayout patient = layout.in(layout.format().within(patience));
    return new ObservationSchema(numeric, categorical, label, future, patient, shared);
  }

  private static void requireKnown(Set<String> names, String name) {
    Require.that(names.contains(name), "input.fields", name, "one of " + new TreeSet<>(names));
  }

  /** No field may lie where another does, or within it. */
  private static void requireApart(List<String> names, RecordLayout layout) {
    for (String name : names) {
      List<String> path = path(layout, name);
      for (String other : names) {
        List<String> around = path(layout, other);
        boolean within =
            !other.equals(name)
                && around.size() <= path.size()
                && around.equals(path.subList(0, around.size()));
        Require.that(
            !within,
            "input.fields." + name,
            FieldPath.write(path),
            "elsewhere: there is " + other + ", at " + FieldPath.write(around));
      }
    }
  }

  private static List<String> path(RecordLayout layout, String name) {
    String written = layout.fields().get(name);
    return written == null ? List.of(name) : FieldPath.parse("input.fields." + name, written);
  }

  /** The names on the way to a field. */
  public List<String> path(String name) {
    return path(layout, name);
  }

  /** The deployment's names of all fields, in the order in which they are written. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of("key", "time"));
    names.addAll(numeric);
    names.addAll(categorical);
    if (label != null) {
      names.add(label);
    }
    if (!future.isEmpty()) {
      names.add("future");
    }
    return names;
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
