package dev.eddy.model.settings;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Picks keys of the history: named ones, those that match a glob, or a random fraction. */
public sealed interface KeySelection {

  /**
   * The keys picked, in the order of {@code keys}.
   *
   * @param keys all keys, sorted
   * @param seed makes a fraction's choice repeatable
   * @throws IllegalArgumentException if nothing is picked where something was asked for, or a named
   *     key does not exist
   */
  Set<String> select(List<String> keys, long seed);

  /** No key. */
  static KeySelection none() {
    return new Named(List.of());
  }

  /** Keys by name. Each must exist in the history. */
  @Block("training.split")
  record Named(@Setting(about = "names of keys") List<String> names) implements KeySelection {
    public Named {
      names = List.copyOf(names);
    }

    @Override
    public Set<String> select(List<String> keys, long seed) {
      for (String name : names) {
        Require.that(keys.contains(name), "training.split", name, "a key of the history");
      }
      Set<String> picked = new LinkedHashSet<>(keys);
      picked.retainAll(new LinkedHashSet<>(names));
      return picked;
    }
  }

  /** Keys that match a glob: {@code *} stands for any characters, {@code ?} for one. */
  @Block("training.split")
  record Glob(@Setting(about = "a glob that keys match, such as `pump-*`") String pattern)
      implements KeySelection {
    @Override
    public Set<String> select(List<String> keys, long seed) {
      Pattern regex =
          Pattern.compile(
              ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"),
              Pattern.DOTALL);
      Set<String> picked = new LinkedHashSet<>(keys);
      picked.removeIf(key -> !regex.matcher(key).matches());
      Require.that(
          !picked.isEmpty(), "training.split", pattern, "a glob that matches a key of the history");
      return picked;
    }
  }

  /**
   * A random fraction of the keys, at least one: those that hash lowest together with the seed. So
   * a key that is new to the history moves at most one other in or out, on any machine, and a later
   * backtest finds the keys held back that training held back.
   */
  @Block("training.split")
  record Fraction(
      @Setting(about = "a random fraction of the keys", above = "0", below = "1") double fraction)
      implements KeySelection {
    public Fraction {
      Settings.check(Fraction.class, fraction);
    }

    @Override
    public Set<String> select(List<String> keys, long seed) {
      long count = Math.max(1, Math.round(fraction * keys.size()));
      List<String> lowest =
          keys.stream()
              .sorted(Comparator.comparingLong(key -> hash(key, seed)))
              .limit(count)
              .toList();
      Set<String> picked = new LinkedHashSet<>(keys);
      picked.retainAll(new LinkedHashSet<>(lowest));
      return picked;
    }

    /** FNV-1a over the characters, then SplitMix64's finish, which spreads keys that are alike. */
    private static long hash(String key, long seed) {
      long hash = 0xcbf29ce484222325L ^ seed;
      for (int i = 0; i < key.length(); i++) {
        hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
      hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
      return hash ^ (hash >>> 31);
    }
  }
}
