package dev.eddy.pipeline.version.store;

import dev.eddy.model.store.ModelStore;
import dev.eddy.settings.UserMistake;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Opens a model store by its location as written in configuration and announcements. */
public final class ModelStores {
  private static final Pattern URI_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private ModelStores() {}

  /**
   * Opens the store at a location; touches no file yet.
   *
   * @param location a directory, a {@code file:} URI, or the URI of any file system of Flink's
   * @throws UserMistake if it is neither
   */
  public static ModelStore open(String location) {
    try {
      return URI_SCHEME.matcher(location).matches()
          ? open(new URI(location))
          : ModelStore.at(Path.of(location));
    } catch (URISyntaxException | InvalidPathException e) {
      throw new UserMistake(
          "store: "
              + location
              + " (must be a directory or a file system's URI, where a blank is %20)",
          e);
    }
  }

  /**
   * Makes sure that a location is one.
   *
   * @throws UserMistake as {@link #open}
   */
  public static void requireLocation(String location) {
    open(location);
  }

  private static ModelStore open(URI uri) throws URISyntaxException {
    if (uri.isOpaque()) {
      throw new URISyntaxException(uri.toString(), "no path");
    }
    return "file".equals(uri.getScheme())
        ? ModelStore.at(Path.of(uri.getPath()))
        : new ModelStore(new FlinkStoreFiles(uri));
  }
}
