package dev.eddy.connectors.file;

import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files that paths and globs mean. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * The files in the order of the patterns, those of one glob in the order of their names, each
   * once.
   *
   * @param place where the user wrote them, such as {@code replay.files}
   * @throws UserMistake naming a pattern that matches no file
   */
  public static List<Path> find(String place, List<Path> patterns) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path pattern : patterns) {
      List<Path> matches = isGlob(pattern) ? glob(place, pattern) : plain(pattern);
      Require.that(!matches.isEmpty(), place, pattern, "a file, or a glob that matches one");
      found.addAll(matches);
    }
    return List.copyOf(found);
  }

  private static List<Path> plain(Path path) {
    return Files.isRegularFile(path) ? List.of(path) : List.of();
  }

  private static boolean isGlob(Path path) {
    // A file that is really called so is itself, brackets and all.
    return path.toString().matches(".*[*?\\[{].*") && !Files.exists(path);
  }

  private static List<Path> glob(String place, Path pattern) {
    List<Path> matches = new ArrayList<>();
    Path root = root(pattern);
    if (!Files.isDirectory(root)) {
      return matches;
    }
    PathMatcher matcher = matcher(place, pattern);
    int depth =
        pattern.toString().contains("**")
            ? Integer.MAX_VALUE
            : pattern.getNameCount() - root.getNameCount() + 1;
    try (Stream<Path> walk = Files.walk(root, depth)) {
      walk.map(path -> pattern.isAbsolute() || !isHere(root) ? path : root.relativize(path))
          .filter(matcher::matches)
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(matches::add);
    } catch (IOException e) {
      throw unreadable(place, pattern, FileFault.of(e), e);
    } catch (UncheckedIOException e) {
      throw unreadable(place, pattern, FileFault.of(e), e);
    }
    return matches;
  }

  private static PathMatcher matcher(String place, Path pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new UserMistake(
          place + ": " + pattern + " (must be a file, or a glob such as data/*.csv)", e);
    }
  }

  private static UserMistake unreadable(String place, Path pattern, String fault, Exception cause) {
    return new UserMistake(
        place + ": " + pattern + ": cannot be looked for (" + fault + ")", cause);
  }

  // The deepest folder above the first part with a wildcard.
  private static Path root(Path pattern) {
    Path above = pattern;
    Path folder = pattern;
    while (above != null) {
      if (isGlob(above)) {
        folder = above.getParent() == null ? Path.of(".") : above.getParent();
      }
      above = above.getParent();
    }
    return folder;
  }

  private static boolean isHere(Path root) {
    return root.equals(Path.of("."));
  }
}
