package dev.eddy.connectors.file;

import dev.eddy.connectors.file.row.RowException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the files that paths and globs mean. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * The files in the order of the patterns, those of one glob in the order of their names, each
   * once.
   *
   * @throws RowException naming a pattern that matches no file
   */
  public static List<Path> find(List<Path> patterns) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path pattern : patterns) {
      List<Path> matches = isGlob(pattern) ? glob(pattern) : plain(pattern);
      if (matches.isEmpty()) {
        throw new RowException("replay.files: " + pattern + " (there is no such file)");
      }
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

  private static List<Path> glob(Path pattern) {
    List<Path> matches = new ArrayList<>();
    Path root = root(pattern);
    if (!Files.isDirectory(root)) {
      return matches;
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
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
      throw new RowException("replay.files: " + pattern + ": " + e.getMessage(), e);
    }
    return matches;
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
