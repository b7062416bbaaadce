package dev.eddy.connectors.serde.avro;

import java.util.regex.Pattern;

/** Names as Avro allows them: letters, digits and underscores, no digit first. */
final class AvroNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private AvroNames() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** A name made of any text, the same of the same. */
  static String of(String text) {
    String name = text.replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }
}
