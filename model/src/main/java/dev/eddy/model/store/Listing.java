package dev.eddy.model.store;

import static dev.eddy.model.store.VersionFiles.MODEL;
import static dev.eddy.model.store.VersionFiles.PRUNED;
import static dev.eddy.model.store.VersionFiles.folder;

import dev.eddy.model.spec.ModelId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tells which versions a store has. */
final class Listing {
  private final StoreFiles files;

  Listing(StoreFiles files) {
    this.files = files;
  }

  /** Every published version, by name, then ascending. */
  List<ModelId> published() {
    try {
      List<ModelId> ids = new ArrayList<>();
      for (String name : files.list("").stream().sorted().toList()) {
        ids.addAll(publishedOf(name));
      }
      return ids;
    } catch (IOException e) {
      throw new UnusableStoreException("store " + files.describe(""), "cannot be listed", e);
    }
  }

  /** Those of a name, ascending. */
  List<ModelId> published(String name) {
    try {
      return publishedOf(name);
    } catch (IOException e) {
      throw new UnusableStoreException("store " + files.describe(name), "cannot be listed", e);
    }
  }

  private List<ModelId> publishedOf(String name) throws IOException {
    List<ModelId> ids = new ArrayList<>();
    for (int version : VersionFiles.numbers(files, name)) {
      ModelId id = new ModelId(name, version);
      if (mayBePublished(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** True also of what cannot be looked at: whoever reads it is told why. */
  private boolean mayBePublished(ModelId id) {
    try {
      List<String> there = files.list(folder(id));
      return there.contains(MODEL) && !there.contains(PRUNED);
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * The versions of a name that were pruned, ascending.
   *
   * @param others how many files a version must have beside the mark
   */
  List<ModelId> marked(String name, int others) {
    try {
      List<ModelId> ids = new ArrayList<>();
      for (int version : VersionFiles.numbers(files, name)) {
        ModelId id = new ModelId(name, version);
        if (isMarked(id, others)) {
          ids.add(id);
        }
      }
      return ids;
    } catch (IOException e) {
      throw new UnusableStoreException("store " + files.describe(name), "cannot be listed", e);
    }
  }

  /** False of what cannot be looked at: whoever reads it is told why. */
  private boolean isMarked(ModelId id, int others) {
    try {
      List<String> there = files.list(folder(id));
      return there.contains(PRUNED) && there.size() > others;
    } catch (IOException e) {
      return false;
    }
  }
}
