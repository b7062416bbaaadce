package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one immutable published model version, written {@code name@7}.
 *
 * @param name letters, digits, dot, underscore, hyphen
 * @param version 1 or more
 */
public record ModelId(String name, int version) implements Comparable<ModelId> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern WRITTEN = Pattern.compile("(.+)@(\\d{1,9})");

  public ModelId {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "model name: " + name + " (must be letters, digits, '.', '_' or '-')");
    }
    if (version < 1) {
      throw new IllegalArgumentException("model version: " + version + " (must be 1 or more)");
    }
  }

  /** Whether models may be named so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Reads {@code name@7}. */
  @JsonCreator
  public static ModelId parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("model: " + written + " (must look like name@7)");
    }
    return new ModelId(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  @JsonValue
  @Override
  public String toString() {
    return name + "@" + version;
  }

  @Override
  public int compareTo(ModelId other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Integer.compare(version, other.version);
  }
}
