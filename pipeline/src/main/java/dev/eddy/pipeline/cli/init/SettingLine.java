package dev.eddy.pipeline.cli.init;

import dev.eddy.settings.Declaration;

/** Writes a setting's line of YAML, with what its declaration says of it as a comment. */
final class SettingLine {
  private static final int COLUMN = 42;
  private static final int WIDTH = 100;

  private SettingLine() {}

  /** The setting with its sentence. */
  static String of(Class<? extends Record> block, String name, String value) {
    return line(block, name + ": " + value, "", name);
  }

  /** The same, marked as a guess that the user must check. */
  static String guess(Class<? extends Record> block, String name, String value) {
    return line(block, name + ": " + value, "a guess: ", name);
  }

  /** The setting as a comment, for the user to take up. */
  static String unused(Class<? extends Record> block, String name, String value) {
    return line(block, "# " + name + ": " + value, "", name);
  }

  /** Beside the setting where there is room, else above it. */
  private static String line(
      Class<? extends Record> block, String setting, String mark, String name) {
    String indent = Declaration.block(block).value().isEmpty() ? "" : "  ";
    String about = Declaration.of(block, name).setting().about().replace("`", "");
    String comment = "# " + mark + about;
    String start = indent + setting + " ".repeat(Math.max(1, COLUMN - 2 - setting.length()));
    return start.length() + comment.length() <= WIDTH
        ? start + comment
        : indent + comment + "\n" + indent + setting;
  }
}
