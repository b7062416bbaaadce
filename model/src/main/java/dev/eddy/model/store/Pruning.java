package dev.eddy.model.store;

import static dev.eddy.model.store.VersionFiles.MODEL;
import static dev.eddy.model.store.VersionFiles.PRUNED;
import static dev.eddy.model.store.VersionFiles.folder;
import static dev.eddy.model.store.VersionFiles.path;

import dev.eddy.model.spec.ModelId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Frees what versions take in a store. First comes a mark, which keeps the number taken for ever,
 * then {@code model.json} goes, without which nothing is published, and then the rest: wherever
 * this ends, nothing is left that looks whole.
 */
final class Pruning {
  private static final int MARK_MOST = 1 << 10; // bytes

  private final StoreFiles files;

  Pruning(StoreFiles files) {
    this.files = files;
  }

  long prune(ModelId id, Instant now) {
    try {
      byte[] mark = now.truncatedTo(ChronoUnit.SECONDS).toString().getBytes(StandardCharsets.UTF_8);
      files.createExclusively(path(id, PRUNED), mark); // one that is torn has it already
      List<String> others = new ArrayList<>(files.list(folder(id)));
      others.remove(PRUNED);
      long freed = others.remove(MODEL) ? files.delete(path(id, MODEL)) : 0;
      for (String file : others) {
        freed += files.delete(path(id, file));
      }
      return freed;
    } catch (IOException e) {
      throw new UnusableStoreException(
          "model " + id + ": " + files.describe(folder(id)), "cannot be pruned", e);
    }
  }

  /**
   * Requires that a version whose files cannot be read was not pruned.
   *
   * @throws PrunedVersionException if it was
   */
  void requireNot(ModelId id) {
    String when;
    try {
      if (!files.exists(path(id, PRUNED))) {
        return;
      }
      when = new String(files.read(path(id, PRUNED), MARK_MOST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return; // whoever cannot read the mark is told of the file that he wanted
    }
    throw new PrunedVersionException("model " + id + ": was pruned at " + when.strip());
  }
}
