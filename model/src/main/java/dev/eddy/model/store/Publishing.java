package dev.eddy.model.store;

import static dev.eddy.model.store.VersionFiles.MODEL;
import static dev.eddy.model.store.VersionFiles.WEIGHTS;
import static dev.eddy.model.store.VersionFiles.path;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes new versions into a store. A number is claimed by creating its weights exclusively; {@code
 * model.json} is written last.
 */
final class Publishing {
  private final StoreFiles files;

  Publishing(StoreFiles files) {
    this.files = files;
  }

  PublishedModel publish(
      String name,
      ModelSpec spec,
      NetworkWeights weights,
      Provenance provenance,
      Map<String, Object> metrics,
      Map<String, byte[]> beside) {
    if (!weights.shape().equals(spec.network())) {
      throw new IllegalArgumentException(
          "model "
              + name
              + ": weights of "
              + weights.shape()
              + " (must be "
              + spec.network()
              + ")");
    }
    try {
      byte[] tensors = SafeTensors.write(weights.tensors());
      ModelId id = claim(name, tensors);
      Map<String, String> hashes = new LinkedHashMap<>();
      hashes.put(WEIGHTS, Sha256.of(tensors));
      hashes.putAll(write(id, beside));
      ModelFile file = new ModelFile(ModelFile.FORMAT, id, spec, provenance, metrics, hashes);
      byte[] json = file.toJson();
      create(path(id, MODEL), json);
      return new PublishedModel(id, Sha256.of(json));
    } catch (IOException e) {
      throw new UnusableStoreException(
          "model " + name + ": store " + files.describe(""), "cannot be written", e);
    }
  }

  /** SHA-256 of each file, by its name. */
  private Map<String, String> write(ModelId id, Map<String, byte[]> beside) throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> file : beside.entrySet()) {
      create(path(id, file.getKey()), file.getValue());
      hashes.put(file.getKey(), Sha256.of(file.getValue()));
    }
    return hashes;
  }

  private ModelId claim(String name, byte[] tensors) throws IOException {
    int version = 1;
    for (int taken : VersionFiles.numbers(files, name)) {
      version = Math.max(version, taken + 1);
    }
    while (!files.createExclusively(path(new ModelId(name, version), WEIGHTS), tensors)) {
      version++;
    }
    return new ModelId(name, version);
  }

  private void create(String path, byte[] content) throws IOException {
    if (!files.createExclusively(path, content)) {
      throw new IOException(files.describe(path) + " exists (a version never changes)");
    }
  }
}
