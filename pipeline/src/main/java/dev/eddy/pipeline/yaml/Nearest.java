package dev.eddy.pipeline.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the right name that a misspelt one was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest edits, unless even that is more than a third of the name. */
  public static Optional<String> to(String found, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(found, candidate)))
        .filter(best -> distance(found, best) <= Math.max(2, found.length() / 3));
  }

  /** Levenshtein distance, case ignored, a swap of neighbours counted as two. */
  public static int distance(String from, String to) {
    String a = from.toLowerCase(java.util.Locale.ROOT);
    String b = to.toLowerCase(java.util.Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
