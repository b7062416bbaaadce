package dev.eddy.model.store;

import dev.eddy.model.spec.ModelId;
import java.io.IOException;
import java.util.List;

/** Names the files of a version, and tells which version numbers of a name are taken. */
final class VersionFiles {
  static final String MODEL = "model.json";
  static final String WEIGHTS = "weights.safetensors";
  static final String PRUNED = "pruned";

  private VersionFiles() {}

  /** Where a version lies in its store. */
  static String folder(ModelId id) {
    return id.name() + "/" + id.version();
  }

  static String path(ModelId id, String file) {
    return folder(id) + "/" + file;
  }

  /** Version numbers that are taken, published or not, ascending. */
  static List<Integer> numbers(StoreFiles files, String name) throws IOException {
    if (!ModelId.isName(name)) {
      return List.of();
    }
    return files.list(name).stream()
        .filter(part -> part.matches("[1-9]\\d{0,8}"))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }
}
