package dev.eddy.pipeline.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.store.Learned;
import dev.eddy.model.store.Sha256;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training has seen of its history, so that later versions can be judged beside it on what
 * it has not.
 *
 * @param learned in figures
 * @param keys that it has seen, where the split holds back whole keys; empty otherwise
 */
public record TrainedOn(Learned learned, Optional<List<String>> keys) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a training on {@code history}; reads each key once. */
  static TrainedOn of(Deployment deployment, RecordedHistory recorded, History history)
      throws IOException {
    TrainingSettings training = deployment.training();
    Parts parts = Parts.of(training.split(), history, training.seed());
    boolean byKey = training.split() instanceof Split.ByKey;
    List<String> seen =
        history.keys().stream().filter(key -> !byKey || !parts.mayTest(key)).toList();
    long until = Long.MIN_VALUE;
    for (String key : seen) {
      until = Math.max(until, until(history.read(key), parts));
    }
    Optional<List<String>> keys = byKey ? Optional.of(seen) : Optional.empty();
    Learned learned =
        new Learned(
            Instant.ofEpochMilli(recorded.oldest()),
            Instant.ofEpochMilli(recorded.newest()),
            recorded.observations(),
            history.keys().size(),
            Instant.ofEpochMilli(until),
            keys.map(each -> (long) each.size()),
            settings(deployment),
            StepEngines.here(StepEngines.resolve(EngineKind.AUTO)).configName(),
            Optional.empty());
    return new TrainedOn(learned, keys);
  }

  private static long until(KeyHistory of, Parts parts) {
    long until = Long.MIN_VALUE;
    for (int row = 0; row < of.length(); row++) {
      if (parts.of(of.key(), of.time(row)) != Part.TEST) {
        until = Math.max(until, of.time(row));
      }
    }
    return until;
  }

  /** The same settings give the same digest; those of topics, brokers and files are no part. */
  private static String settings(Deployment deployment) {
    String all =
        String.join(
            "\n",
            deployment.trainingInput().toString(),
            deployment.model().toString(),
            deployment.training().toString());
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }

  /** What of it lies beside the weights. */
  Map<String, byte[]> files() {
    return keys.map(each -> Map.of(Learned.KEYS, json(each))).orElse(Map.of());
  }

  private static byte[] json(List<String> keys) {
    try {
      return JSON.writeValueAsBytes(keys);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have a JSON form", e);
    }
  }
}
