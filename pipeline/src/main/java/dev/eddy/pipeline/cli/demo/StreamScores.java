package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.client.RecordDecoder;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.cli.score.Judge;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.settings.Require;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Brings the observations topic and the predictions together by partition and offset, so that the
 * scores are of what really went through Kafka, once each.
 */
final class StreamScores {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final List<Observation> observations;
  private final Map<Place, Prediction> predictions = new HashMap<>();
  private long repeated;

  /** Where an observation lies in its topic. */
  private record Place(int partition, long offset) {}

  private StreamScores(List<Observation> observations) {
    this.observations = observations;
  }

  /** Reads the whole observations topic of the deployment. */
  static StreamScores of(Deployment deployment, List<Prediction> predictions) {
    StreamScores scores = new StreamScores(read(deployment));
    for (Prediction each : predictions) {
      if (scores.predictions.put(new Place(each.partition(), each.offset()), each) != null) {
        scores.repeated++;
      }
    }
    return scores;
  }

  private static List<Observation> read(Deployment deployment) {
    ObservationJsonReader json =
        RecordFormats.reader(deployment.observationSchema(), deployment.input().maxAhead());
    List<Observation> observations = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.open(deployment.kafka(), deployment.topics().observations())) {
      for (ConsumerRecord<byte[], byte[]> each : reader.readToEnd(SILENCE)) {
        if (RecordDecoder.decode(json, each) instanceof Observation observation) {
          observations.add(observation);
        }
      }
    }
    observations.sort(
        Comparator.comparingInt(Observation::partition).thenComparingLong(Observation::offset));
    return observations;
  }

  /** Predictions that came more than once; none, exactly once. */
  long repeated() {
    return repeated;
  }

  /** A judge of the model {@code spec} describes, which has seen all that was stepped, in order. */
  Judge judge(Deployment deployment, ModelSpec spec, HeldBack heldBack) {
    Judge judge =
        Judge.of(spec, deployment, List.of(), scoredKeys(heldBack), () -> majority(heldBack));
    Map<String, KeyClock> clocks = new HashMap<>();
    long maxAhead = deployment.input().maxAhead().toMillis();
    for (Observation each : observations) {
      KeyClock clock = clocks.computeIfAbsent(each.key(), key -> new KeyClock());
      if (clock.judge(each, maxAhead) != KeyClock.Verdict.LATE) {
        judge.add(each, prediction(each, spec), heldBack.contains(each.key(), each.time()));
      }
    }
    clocks.keySet().forEach(judge::end);
    return judge;
  }

  private Collection<String> scoredKeys(HeldBack heldBack) {
    return observations.stream()
        .filter(each -> heldBack.contains(each.key(), each.time()))
        .map(Observation::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private @Nullable Prediction prediction(Observation observation, ModelSpec spec) {
    Prediction written = predictions.get(new Place(observation.partition(), observation.offset()));
    return written == null ? null : FullForecasts.of(written, spec);
  }

  private String majority(HeldBack heldBack) {
    Map<String, Long> counts = new HashMap<>();
    for (Observation each : observations) {
      String label = each.label();
      if (label != null && !heldBack.contains(each.key(), each.time())) {
        counts.merge(label, 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(() -> Require.mistake("input.label", "none of any observation", "given"));
  }
}
