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
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.Sha256;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.judge.Champion;
import dev.eddy.pipeline.judge.TrainingData;
import dev.eddy.pipeline.judge.Unseen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

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

  /** The same of a network that goes on from another, which has seen what that one has seen. */
  TrainedOn after(Champion before) {
    ModelFile file = before.file();
    Optional<Learned> theirs = file.provenance().learned();
    OptionalLong newest = TrainingData.newest(file.provenance());
    Instant until =
        theirs
            .map(Learned::trainedUntil)
            .or(() -> newest.stream().mapToObj(Instant::ofEpochMilli).findFirst())
            .filter(each -> each.isAfter(learned.trainedUntil()))
            .orElse(learned.trainedUntil());
    Optional<List<String>> both = keys.flatMap(own -> both(own, before));
    Learned all =
        new Learned(
            learned.oldest(),
            learned.newest(),
            learned.observations(),
            learned.keys(),
            until,
            both.map(each -> (long) each.size()),
            learned.settings(),
            learned.engine(),
            Optional.of(file.id().toString()));
    return new TrainedOn(all, both);
  }

  /** Empty where the other has held back no keys, and so may have seen all. */
  private static Optional<List<String>> both(List<String> own, Champion before) {
    Optional<Set<String>> theirs = Unseen.trainedKeys(before.store(), before.file());
    NavigableSet<String> all = new TreeSet<>(own);
    theirs.ifPresent(all::addAll);
    return theirs.map(keys -> List.copyOf(all));
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
