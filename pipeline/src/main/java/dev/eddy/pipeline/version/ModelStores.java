package dev.eddy.pipeline.version;

import dev.eddy.model.store.ModelStore;
import java.net.URI;
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
   * @throws IllegalArgumentException if it is a URI that cannot be parsed
   */
  public static ModelStore open(String location) {
    if (!URI_SCHEME.matcher(location).matches()) {
      return ModelStore.at(Path.of(location));
    }
    URI uri = URI.create(location);
    return "file".equals(uri.getScheme())
        ? ModelStore.at(Path.of(uri.getPath()))
        : new ModelStore(new FlinkStoreFiles(uri));
  }
}
