package dev.eddy.pipeline.passed;

import dev.eddy.pipeline.yaml.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells names that nobody knows from those that are misspelt.
 *
 * @param block of the YAML, such as {@code flink}
 * @param known all names that are known
 * @param free whether a name is a plugin's own, which nobody here can know
 */
record PassedNames(String block, Collection<String> known, Predicate<String> free) {
  private static final int LETTERS_PER_SLIP = 8;
  private static final String MILLISECONDS = ".ms";

  /** A line for each name that is all but a known one. */
  List<String> misspelt(Map<String, String> passed) {
    List<String> lines = new ArrayList<>();
    for (String name : unknown(passed)) {
      meant(name).ifPresent(right -> lines.add(line(name, "did you mean " + right + "?")));
    }
    return lines;
  }

  /** A line for each other name that is unknown. */
  List<String> unheardOf(Map<String, String> passed) {
    List<String> lines = new ArrayList<>();
    for (String name : unknown(passed)) {
      if (meant(name).isEmpty()) {
        String nearest = Nearest.to(name, known).map(right -> "; nearest is " + right).orElse("");
        lines.add(line(name, "passed on for plugins that know it" + nearest));
      }
    }
    return lines;
  }

  private List<String> unknown(Map<String, String> passed) {
    return passed.keySet().stream()
        .filter(name -> !known.contains(name) && !free.test(name))
        .sorted()
        .toList();
  }

  /** A slip or two, or no unit; whoever writes more than that wrong may well mean another. */
  private Optional<String> meant(String name) {
    int slips = Math.max(2, name.length() / LETTERS_PER_SLIP);
    return Nearest.to(name, known)
        .filter(
            right -> Nearest.distance(name, right) <= slips || right.equals(name + MILLISECONDS));
  }

  private String line(String name, String hint) {
    return block + "." + name + ": unknown setting (" + hint + ")";
  }
}
