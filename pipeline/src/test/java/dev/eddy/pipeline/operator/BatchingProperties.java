package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.flink.util.FileUtils;

/** What an observation gives does not depend on what it is stepped together with. */
class BatchingProperties {
  private static final long FORGET_AFTER = 60;
  private static final int OBSERVATIONS = 120;

  private static Path store;
  private static Announcement[] announcements;

  @BeforeContainer
  static void publish() throws IOException {
    store = Files.createTempDirectory("eddy-store");
    TestModels models = new TestModels(store);
    PublishedModel first = models.publish(1);
    announcements =
        new Announcement[] {
          models.announce(first),
          models.announce(models.publish(2), 100, "carry"),
          models.announce(publish(models, CellType.GRU), 170, "reset"),
          models.announce(publish(models, CellType.LSTM), 240, "reset"),
          models.announce(publish(models, CellType.RNN), 310, "reset"),
          models.announce(ofTwoTargets(models), 380, "reset"),
          models.announce(first, 420, "reset")
        };
  }

  private static PublishedModel publish(TestModels models, CellType cell) {
    return models.publish(TestModels.spec(cell, 2, 8, List.of("load", "wind")), 3);
  }

  private static PublishedModel ofTwoTargets(TestModels models) {
    List<String> features = List.of("load", "wind");
    return models.publish(TestModels.spec(CellType.SRU, 2, 8, features, features), 4);
  }

  @AfterContainer
  static void delete() throws IOException {
    FileUtils.deleteDirectory(store.toFile());
  }

  /**
   * Random keys with repeats, steps back in time, records from the future that set clocks back,
   * gaps that forget, values that overflow; a version of every cell and one of two targets, seven
   * tenures; batches cut anywhere by size, watermark and checkpoint.
   */
  @Property(tries = 25)
  void any_batching_gives_what_one_at_a_time_gives(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 200) int maxBatch) throws Exception {
    List<Observation> observations = observations(new Random(seed));

    List<String> alone = run(observations, 1, new Random(seed));
    List<String> together = run(observations, maxBatch, new Random(seed));

    assertThat(together).isEqualTo(alone);
    assertThat(alone).hasSize(OBSERVATIONS);
  }

  private static List<Observation> observations(Random random) {
    List<Observation> observations = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < OBSERVATIONS; i++) {
      time += random.nextInt(8);
      String key = "key " + random.nextInt(random.nextBoolean() ? 3 : 12);
      long own = random.nextInt(10) == 0 ? time - random.nextInt(40) : time;
      if (random.nextInt(40) == 0) {
        own = time + random.nextInt(300);
      }
      Observation observation = TestModels.recorded(key, own, i, time);
      if (random.nextInt(20) == 0) {
        observation.numeric()[0] = Double.MAX_VALUE;
      }
      observations.add(observation);
    }
    return observations;
  }

  private static List<String> run(List<Observation> observations, int maxBatch, Random cuts)
      throws Exception {
    try (PredictHarness harness =
        PredictHarness.started(PredictHarness.settings(maxBatch, FORGET_AFTER), announcements)) {
      for (Observation observation : observations) {
        harness.observe(observation);
        if (cuts.nextInt(15) == 0) {
          harness.watermark1(observation.time());
        } else if (cuts.nextInt(15) == 0) {
          harness.checkpoint();
        }
      }
      harness.endInput(1);
      List<String> results = new ArrayList<>();
      for (Prediction p : harness.predictions()) {
        results.add("%04d %s %s".formatted(p.offset(), p.shape().model(), bits(p.values())));
      }
      for (DeadLetter letter : harness.deadLetters()) {
        results.add("%04d %s".formatted(letter.offset(), letter.reason()));
      }
      return results.stream().sorted().toList();
    }
  }

  private static String bits(double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    return Arrays.toString(bits);
  }
}
