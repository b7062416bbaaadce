package dev.eddy.connectors.event;

import dev.eddy.settings.Require;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way to a field within a record's value, written {@code data.ts} or, as a JSON pointer, {@code
 * /data/ts}. A number is a place in a list, from 0.
 */
public final class FieldPath {
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern SLASH = Pattern.compile("/");

  private FieldPath() {}

  /**
   * The names on the way.
   *
   * @param setting which holds the path
   * @throws dev.eddy.settings.UserMistake when there is none
   */
  public static List<String> parse(String setting, String path) {
    boolean pointer = path.startsWith("/");
    Pattern separator = pointer ? SLASH : DOT;
    List<String> names =
        Stream.of(separator.split(pointer ? path.substring(1) : path, -1))
            .map(name -> pointer ? unescaped(name) : name)
            .toList();
    Require.that(
        names.stream().noneMatch(String::isEmpty),
        setting,
        path,
        "names with dots between, such as data.ts, or a JSON pointer such as /data/ts");
    return names;
  }

  /** The names as they are written in a deployment. */
  public static String write(List<String> names) {
    boolean plain = names.stream().noneMatch(name -> name.contains(".") || name.startsWith("/"));
    return plain
        ? String.join(".", names)
        : names.stream()
            .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
            .collect(Collectors.joining());
  }

  private static String unescaped(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }
}
