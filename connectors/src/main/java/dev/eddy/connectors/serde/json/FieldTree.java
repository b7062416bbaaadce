package dev.eddy.connectors.serde.json;

import dev.eddy.connectors.event.ObservationSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a record's value a deployment's fields lie: each node is a field, or what lies around
 * some. Read and written records share it. The places of a list are names, too.
 */
final class FieldTree {
  /** What a field is to an observation. */
  enum Kind {
    KEY(false),
    TIME(false),
    FUTURE(false),
    NUMERIC(true),
    CATEGORY(true),
    LABEL(true);

    final boolean observed; // whether a record with such a field is an observation

    Kind(boolean observed) {
      this.observed = observed;
    }
  }

  /**
   * One field.
   *
   * @param name as the deployment calls it
   * @param index among the fields of its kind
   */
  record Field(Kind kind, int index, String name) {}

  private final Map<String, FieldTree> children = new LinkedHashMap<>();
  private @Nullable Field field;

  private FieldTree() {}

  /** The tree of a deployment's records, fields in the order in which they are written. */
  static FieldTree of(ObservationSchema schema) {
    FieldTree root = new FieldTree();
    root.put(schema, new Field(Kind.KEY, 0, "key"));
    root.put(schema, new Field(Kind.TIME, 0, "time"));
    root.put(schema, Kind.NUMERIC, schema.numeric());
    root.put(schema, Kind.CATEGORY, schema.categorical());
    if (schema.label() != null) {
      root.put(schema, new Field(Kind.LABEL, 0, schema.label()));
    }
    if (!schema.future().isEmpty()) {
      root.put(schema, new Field(Kind.FUTURE, 0, "future"));
    }
    return root;
  }

  private void put(ObservationSchema schema, Kind kind, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      put(schema, new Field(kind, i, names.get(i)));
    }
  }

  private void put(ObservationSchema schema, Field leaf) {
    FieldTree at = this;
    for (String name : schema.path(leaf.name)) {
      at = at.children.computeIfAbsent(name, each -> new FieldTree());
    }
    at.field = leaf;
  }

  /** What lies under a name; null where nothing of interest does. */
  @Nullable FieldTree child(String name) {
    return children.get(name);
  }

  /** What lies within, by name. */
  Map<String, FieldTree> children() {
    return children;
  }

  /** The field that it is; null where it lies around others. */
  @Nullable Field field() {
    return field;
  }
}
