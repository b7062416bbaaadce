package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.connectors.serde.json.PredictionJsonWriter;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two replays of one topic make the same bytes, whatever the parallelism, the batches, and when
 * each announcement arrives, so long as none comes too late; with shadows that are never promoted
 * and without them.
 */
class ReplayTest {
  private static final int KEYS = 9;
  private static final int ROUNDS = 40;
  private static final PredictionJsonWriter WRITER =
      new PredictionJsonWriter(OutputSettings.defaults());
  private static final List<String> POLICIES = List.of("rewarm", "carry", "reset");

  @TempDir Path store;
  private TestModels models;
  private final List<PublishedModel> published = new ArrayList<>();

  @BeforeEach
  void publish() {
    models = new TestModels(store);
    for (int seed = 0; seed < 3; seed++) {
      published.add(models.publish(seed));
    }
    published.add(models.publish(TestModels.spec(CellType.LSTM, 1, 5, List.of("load")), 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void makes_the_same_bytes(long seed) throws Exception {
    Random random = new Random(seed);
    List<Observation> observations = observations(random);
    List<Announcement> announced = announced(random);
    Map<Long, String> once = replay(random, observations, announced, 1, 1, announced.size());
    assertThat(once).hasSizeGreaterThan(KEYS * ROUNDS / 2);
    for (int parallelism = 1; parallelism <= 3; parallelism++) {
      int maxBatch = 1 + random.nextInt(60);
      int atStart = 1 + random.nextInt(announced.size());
      assertThat(replay(random, observations, announced, parallelism, maxBatch, atStart))
          .as("%s subtasks, batches of %s, %s known", parallelism, maxBatch, atStart)
          .isEqualTo(once);
    }
    List<Announcement> beside = announced.stream().filter(each -> !warms(each, announced)).toList();
    List<Announcement> plain = announced.stream().filter(each -> !each.shadow()).toList();
    assertThat(replay(random, observations, beside, 2, 7, beside.size()))
        .isEqualTo(replay(random, observations, plain, 1, 9, plain.size()));
  }

  /** Whether it is of a shadow that serves later. */
  private static boolean warms(Announcement announcement, List<Announcement> announced) {
    return announcement.shadow()
        && announced.subList(announced.indexOf(announcement), announced.size()).stream()
            .anyMatch(each -> !each.shadow() && each.model().equals(announcement.model()));
  }

  /** Some keys lag behind, some sleep; within a key none is late. */
  private static List<Observation> observations(Random random) {
    List<Observation> observations = new ArrayList<>();
    int[] lag = random.ints(KEYS, 0, 9).toArray();
    for (int round = 0; round < ROUNDS + 8; round++) {
      for (int key = 0; key < KEYS; key++) {
        int time = round - lag[key];
        if (time >= 0 && time < ROUNDS && random.nextInt(5) > 0) {
          observations.add(TestModels.observation("key " + key, time, observations.size()));
        }
      }
    }
    return observations;
  }

  /** Versions that serve, shadows, and some taken back before their time. */
  private List<Announcement> announced(Random random) {
    List<Announcement> announced = new ArrayList<>();
    announced.add(models.announce(published.get(0)));
    for (int at = 1; at < 8; at++) {
      PublishedModel model = published.get(random.nextInt(published.size()));
      String policy = POLICIES.get(random.nextInt(POLICIES.size()));
      Announcement next =
          new Announcement(
              "number " + at,
              model.id().toString(),
              4L * at + random.nextInt(9),
              model.equals(published.get(3)) ? "reset" : policy,
              model.digest(),
              store.toString());
      announced.add(random.nextBoolean() ? next.asShadow() : next);
      if (random.nextInt(6) == 0) {
        announced.add(Announcement.retraction("retraction " + at, next.model(), next.digest()));
      }
    }
    return announced;
  }

  /** By offset, the bytes of each prediction. */
  private Map<Long, String> replay(
      Random random,
      List<Observation> observations,
      List<Announcement> announced,
      int parallelism,
      int maxBatch,
      int atStart)
      throws Exception {
    int[] arrivals = arrivals(random, observations, announced);
    int known = atStart;
    while (known < announced.size() && arrivals[known] == 0) {
      known++;
    }
    Map<Long, String> made = new TreeMap<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      List<Announcement> log = announced.subList(0, known);
      PredictSettings settings = PredictHarness.rewarming(TestModels.SCHEMA, maxBatch, 4);
      try (PredictHarness harness =
          new PredictHarness(settings, Backend.HEAP, parallelism, subtask, () -> log)) {
        harness.open();
        int next = known;
        for (int i = 0; i < observations.size(); i++) {
          while (next < announced.size() && arrivals[next] <= i) {
            harness.announce(announced.get(next++));
          }
          if (owner(observations.get(i), parallelism) == subtask) {
            harness.observe(observations.get(i));
          }
        }
        harness.endInput(1);
        for (Prediction prediction : harness.predictions()) {
          made.put(prediction.offset(), bytes(prediction));
        }
      }
    }
    return made;
  }

  /** When each announcement arrives: in their order, and before anything is stepped at its time. */
  private static int[] arrivals(
      Random random, List<Observation> observations, List<Announcement> announced) {
    int[] arrivals = new int[announced.size()];
    int latest = observations.size();
    for (int at = announced.size() - 1; at >= 0; at--) {
      latest = Math.min(latest, firstNeeded(announced.get(at), announced, observations));
      arrivals[at] = latest;
    }
    int earliest = 0;
    for (int at = 0; at < arrivals.length; at++) {
      earliest += random.nextInt(Math.max(1, arrivals[at] - earliest + 1));
      arrivals[at] = Math.min(earliest, arrivals[at]);
    }
    return arrivals;
  }

  /** The place of the first observation that an announcement changes anything for. */
  private static int firstNeeded(
      Announcement announcement, List<Announcement> announced, List<Observation> observations) {
    long from =
        announced.stream()
            .filter(each -> announcement.retracts() || each.equals(announcement))
            .filter(each -> each.model().equals(announcement.model()) && !each.retracts())
            .mapToLong(Announcement::effectiveFrom)
            .min()
            .orElse(Long.MAX_VALUE);
    for (int i = 0; i < observations.size(); i++) {
      if (observations.get(i).time() >= from) {
        return i;
      }
    }
    return observations.size();
  }

  private static int owner(Observation observation, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        observation.key(), PredictHarness.MAX_PARALLELISM, parallelism);
  }

  private static String bytes(Prediction prediction) {
    return HexFormat.of().formatHex(WRITER.write(prediction));
  }
}
