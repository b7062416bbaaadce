package dev.eddy.model.store;

import static dev.eddy.model.store.VersionFiles.MODEL;
import static dev.eddy.model.store.VersionFiles.WEIGHTS;
import static dev.eddy.model.store.VersionFiles.path;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.tensor.Tensor;
import dev.eddy.settings.FileFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Published model versions, each of them immutable:
 *
 * <pre>
 * name/version/model.json            spec, provenance, metrics, hashes of the others; written last
 * name/version/weights.safetensors   what serving reads
 * name/version/…                     files that serving does not read
 * name/version/pruned                written before the others are removed; keeps the number taken
 * </pre>
 *
 * A version number is claimed by creating its weights exclusively, so that concurrent publishers
 * get distinct ones; a version without {@code model.json} was never published. Needs no ND4J. Every
 * method throws {@link UnusableStoreException} where files cannot be read or written, which is
 * worth another try, and {@link ModelRefusedException} where their content is wrong, which is not.
 */
public final class ModelStore {
  // More bytes than these are no version's, and are not held to find out what they are.
  private static final int MODEL_MOST = 64 << 20;
  private static final int HEADER_MOST = 1 << 20;
  private static final int NETWORK_MOST = 64 << 20; // beside what a network was trained to

  private final StoreFiles files;
  private final Publishing publishing;
  private final Pruning pruning;
  private final Listing listing;

  /** A store on any file system. */
  public ModelStore(StoreFiles files) {
    this.files = files;
    publishing = new Publishing(files);
    pruning = new Pruning(files);
    listing = new Listing(files);
  }

  /** A store in a directory, created when first published to. */
  public static ModelStore at(Path directory) {
    return new ModelStore(new LocalStoreFiles(directory));
  }

  /** Every published version, by name, then ascending. */
  public List<ModelId> list() {
    return listing.published();
  }

  /** The published versions of a name, ascending; empty if there is none. */
  public List<ModelId> list(String name) {
    return listing.published(name);
  }

  /**
   * Makes sure, before anything takes long, that versions of a name can be published: writes a file
   * and removes it.
   *
   * @throws dev.eddy.settings.UserMistake saying why not
   */
  public void requireWritable(String name) {
    try {
      files.tryWriting(name);
    } catch (IOException e) {
      throw FileFault.unwritable("store", files.describe(name), FileFault.of(e), e);
    }
  }

  /** Which of a version's files are missing from it, by their names. */
  public List<String> missing(ModelFile file) {
    return file.sha256().keySet().stream().filter(name -> isMissing(file.id(), name)).toList();
  }

  private boolean isMissing(ModelId id, String name) {
    try {
      return !files.exists(path(id, name));
    } catch (IOException e) {
      throw new UnusableStoreException(where(id, name), "cannot be read", e);
    }
  }

  /**
   * Publishes a new version under the next free number.
   *
   * @param metrics evaluation figures, kept as they are; anything that JSON can hold
   * @param beside files that serving does not read, by their names
   */
  public PublishedModel publish(
      String name,
      ModelSpec spec,
      NetworkWeights weights,
      Provenance provenance,
      Map<String, Object> metrics,
      Map<String, byte[]> beside) {
    return publishing.publish(name, spec, weights, provenance, metrics, beside);
  }

  /**
   * Frees what a version takes. Its number is never given again, and whoever asks for it is told
   * when it was pruned. Where this is torn, it is pruned all the same, and this may be done again.
   *
   * @return bytes that were freed
   */
  public long prune(ModelId id, Instant now) {
    return pruning.prune(id, now);
  }

  /** The versions of a name that were pruned, ascending. */
  public List<ModelId> pruned(String name) {
    return listing.marked(name, 0);
  }

  /** Those of them whose pruning was torn: files of them are left. */
  public List<ModelId> halfPruned(String name) {
    return listing.marked(name, 1);
  }

  /** Loads a version, its weights checked against the hash in its {@code model.json}. */
  public TrainedModel load(ModelId id) {
    return load(id, read(id, MODEL, MODEL_MOST));
  }

  /**
   * Loads a version as it was announced.
   *
   * @param expectedDigest SHA-256 of its {@code model.json}
   */
  public TrainedModel load(ModelId id, String expectedDigest) {
    byte[] json = read(id, MODEL, MODEL_MOST);
    requireHash(id, MODEL, json, expectedDigest);
    return load(id, json);
  }

  /** Everything about a version but its weights. */
  public ModelFile describe(ModelId id) {
    return parse(id, read(id, MODEL, MODEL_MOST));
  }

  /**
   * The same of a version as it was announced.
   *
   * @param expectedDigest SHA-256 of its {@code model.json}
   */
  public ModelFile describe(ModelId id, String expectedDigest) {
    byte[] json = read(id, MODEL, MODEL_MOST);
    requireHash(id, MODEL, json, expectedDigest);
    return parse(id, json);
  }

  /** SHA-256 of a version's {@code model.json}, as announcements carry it. */
  public String digest(ModelId id) {
    return Sha256.of(read(id, MODEL, MODEL_MOST));
  }

  /** A version's files that serving does not read, by their names, their hashes checked. */
  public Map<String, byte[]> beside(ModelId id) {
    ModelFile file = describe(id);
    Map<String, byte[]> beside = new LinkedHashMap<>();
    for (String name : file.sha256().keySet()) {
      if (!name.equals(WEIGHTS)) {
        beside.put(name, verified(file, name));
      }
    }
    return beside;
  }

  /** One of them; empty if the version has none of that name. */
  public Optional<byte[]> beside(ModelFile file, String name) {
    return file.sha256().containsKey(name) ? Optional.of(verified(file, name)) : Optional.empty();
  }

  private TrainedModel load(ModelId id, byte[] json) {
    ModelFile file = parse(id, json);
    byte[] content = verified(file, WEIGHTS);
    try {
      Map<String, Tensor> tensors = SafeTensors.read(content);
      NetworkWeights weights = new NetworkWeights(file.spec().network(), tensors);
      return new TrainedModel(id, file.spec(), weights);
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(where(id, WEIGHTS) + ": " + e.getMessage(), e);
    }
  }

  private ModelFile parse(ModelId id, byte[] json) {
    ModelFile file;
    try {
      file = ModelFile.fromJson(json);
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(where(id, MODEL) + ": " + e.getMessage(), e);
    }
    if (!file.id().equals(id)) {
      throw new ModelRefusedException(
          where(id, MODEL) + ": id: " + file.id() + " (must be " + id + ")");
    }
    return file;
  }

  private byte[] verified(ModelFile file, String name) {
    String expected = file.sha256().get(name);
    if (expected == null) {
      throw new ModelRefusedException(
          where(file.id(), MODEL) + ": sha256." + name + ": missing (must be given)");
    }
    byte[] content = read(file.id(), name, most(file, name));
    requireHash(file.id(), name, content, expected);
    return content;
  }

  private void requireHash(ModelId id, String name, byte[] content, String expected) {
    String found = Sha256.of(content);
    if (!found.equals(expected)) {
      throw new ModelRefusedException(
          where(id, name) + ": SHA-256 " + found + " (must be " + expected + ")");
    }
  }

  /**
   * Bytes of a version's file: a network's weights, its updater's numbers beside them. Keys may be
   * as many as there are, and whoever serves does not read them.
   */
  private static int most(ModelFile file, String name) {
    if (name.equals(Learned.KEYS)) {
      return Integer.MAX_VALUE - HEADER_MOST;
    }
    long weights =
        Float.BYTES * Math.min(WeightShapes.count(file.spec().network()), Integer.MAX_VALUE);
    long most = name.equals(WEIGHTS) ? weights + HEADER_MOST : 4 * weights + NETWORK_MOST;
    return (int) Math.min(most, Integer.MAX_VALUE - HEADER_MOST);
  }

  private byte[] read(ModelId id, String name, int most) {
    try {
      byte[] content = files.read(path(id, name), most);
      if (content.length > most) {
        throw new ModelRefusedException(
            where(id, name) + ": more than " + most + " bytes (must be at most as many)");
      }
      return content;
    } catch (IOException e) {
      pruning.requireNot(id);
      throw new UnusableStoreException(where(id, name), "cannot be read", e);
    }
  }

  private String where(ModelId id, String name) {
    return "model " + id + ": " + files.describe(path(id, name));
  }
}
