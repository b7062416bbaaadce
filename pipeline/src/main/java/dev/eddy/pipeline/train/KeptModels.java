package dev.eddy.pipeline.train;

import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.flink.UserFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps a trained model that the deployment's store did not take, until it does: in a model store
 * of its own, beside the deployment's file or, where nothing can be written there, in the user's
 * part of the folder for temporary files.
 */
public final class KeptModels {
  private final List<Path> folders; // in the order in which they are tried

  /**
   * A model that is kept.
   *
   * @param folder that holds its files
   * @param store that the folder is in
   * @param version under which it is kept, which is not the one that it will be published under
   */
  public record Kept(Path folder, ModelStore store, PublishedModel version) {}

  /** Keeps in the first of some folders that can be written; none of them need exist. */
  KeptModels(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** What is kept of the deployment that {@code file} describes. */
  public static KeptModels of(Path file) {
    List<Path> folders = new ArrayList<>();
    folders.add(file.toAbsolutePath().resolveSibling(".eddy").resolve("kept"));
    // Not in the process's own temporary folder, which goes with it.
    UserFolder.find().map(user -> user.resolve("kept")).ifPresent(folders::add);
    return new KeptModels(folders);
  }

  /**
   * Keeps a model.
   *
   * @param publisher puts it into the store that it is given
   * @throws UnusableStoreException if no folder takes it
   */
  Kept keep(Function<ModelStore, PublishedModel> publisher) {
    UnusableStoreException refused = null;
    for (Path folder : folders) {
      try {
        ModelStore store = ModelStore.at(folder);
        return kept(folder, store, publisher.apply(store));
      } catch (UnusableStoreException e) {
        if (refused != null) {
          e.addSuppressed(refused);
        }
        refused = e;
      }
    }
    throw refused == null ? new IllegalStateException("no folder to keep a model in") : refused;
  }

  /** The model kept under that version; empty if there is none. */
  public Optional<Kept> find(ModelId id) {
    for (Path folder : folders) {
      ModelStore store = ModelStore.at(folder);
      if (versions(folder, id.name()).contains(id)) {
        return Optional.of(kept(folder, store, new PublishedModel(id, store.digest(id))));
      }
    }
    return Optional.empty();
  }

  /** Every version of a name that is kept. */
  public List<ModelId> list(String name) {
    return folders.stream().flatMap(folder -> versions(folder, name).stream()).distinct().toList();
  }

  /** A place that cannot be looked at could not be written either. */
  private static List<ModelId> versions(Path folder, String name) {
    try {
      return ModelStore.at(folder).list(name);
    } catch (UnusableStoreException e) {
      return List.of();
    }
  }

  private static Kept kept(Path folder, ModelStore store, PublishedModel version) {
    ModelId id = version.id();
    return new Kept(folder.resolve(id.name()).resolve("" + id.version()), store, version);
  }

  /** Removes a model that need not be kept any longer. */
  public static void remove(Kept kept) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(kept.folder())) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
