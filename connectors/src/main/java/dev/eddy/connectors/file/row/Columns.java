package dev.eddy.connectors.file.row;

import dev.eddy.settings.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file's columns: where each lies, by its name in the file or by its new name. */
public final class Columns {
  private static final int TWICE = -1;

  private final List<String> names;
  private final Map<String, Integer> original = new LinkedHashMap<>();
  private final Map<String, Integer> renamed = new LinkedHashMap<>();

  public Columns(List<String> names, Map<String, String> rename) {
    this.names = names;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      add(original, name, i);
      add(renamed, rename.getOrDefault(name, name), i);
    }
    for (String name : rename.keySet()) {
      require(original, name, "replay.rename");
    }
  }

  private static void add(Map<String, Integer> columns, String name, int index) {
    columns.merge(name, index, (first, other) -> TWICE);
  }

  public int size() {
    return names.size();
  }

  /** The column's name in the file. */
  String name(int index) {
    return names.get(index);
  }

  /** Where the column of a name in the file lies. */
  int indexOf(String name, String setting) {
    return require(original, name, setting);
  }

  int[] indicesOf(List<String> columns, String setting) {
    return columns.stream().mapToInt(name -> indexOf(name, setting)).toArray();
  }

  /** Whether there is a column of that new name. */
  boolean hasField(String name) {
    return renamed.containsKey(name);
  }

  /** Where the column of a new name lies. */
  int indexOfField(String name) {
    return require(renamed, name, "input");
  }

  private int require(Map<String, Integer> columns, String name, String setting) {
    Integer index = columns.get(name);
    if (index == null) {
      throw Require.mistake(setting, name, "one of the columns " + columns.keySet());
    }
    Require.that(
        index != TWICE,
        setting,
        name,
        "the name of one column: told apart by replay.columns, with skip and header: false");
    return index;
  }
}
