package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
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

/** What a told future leads to depends neither on batches nor on restarts. */
class FutureUpdateProperties {
  private static final long FORGET_AFTER = 60;
  private static final int EVENTS = 120;

  private static Path store;
  private static List<Announcement> announcements = List.of();

  @BeforeContainer
  static void publish() throws IOException {
    store = Files.createTempDirectory("eddy-store");
    TestModels models = new TestModels(store);
    PublishedModel first = publish(models, CellType.SRU, 1);
    announcements =
        List.of(
            models.announce(first),
            models.announce(publish(models, CellType.SRU, 2), 90, "carry"),
            models.announce(models.publish(3), 180, "reset"), // reads no future
            models.announce(publish(models, CellType.LSTM, 4), 270, "reset"),
            models.announce(first, 360, "reset"));
  }

  private static PublishedModel publish(TestModels models, CellType cell, long seed) {
    return models.publish(
        TestModels.withFuture(TestModels.spec(cell, 2, 8, List.of("load", "wind"))), seed);
  }

  @AfterContainer
  static void delete() throws IOException {
    FileUtils.deleteDirectory(store.toFile());
  }

  @Property(tries = 20)
  void any_batching_gives_what_one_at_a_time_gives(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 200) int maxBatch) throws Exception {
    List<KeyedEvent> events = events(new Random(seed));
    assertThat(run(events, maxBatch, EVENTS)).isEqualTo(run(events, 1, EVENTS));
  }

  @Property(tries = 10)
  void any_checkpoint_cut_gives_what_an_uninterrupted_run_gives(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int maxBatch,
      @ForAll @IntRange(min = 1, max = EVENTS - 1) int cut)
      throws Exception {
    List<KeyedEvent> events = events(new Random(seed));
    assertThat(run(events, maxBatch, cut)).isEqualTo(run(events, maxBatch, EVENTS));
  }

  /** Keys that repeat, steps back in time, gaps that forget, values that overflow. */
  private static List<KeyedEvent> events(Random random) {
    List<KeyedEvent> events = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < EVENTS; i++) {
      time += random.nextInt(8);
      String key = "key " + random.nextInt(random.nextBoolean() ? 3 : 12);
      long own = random.nextInt(10) == 0 ? time - random.nextInt(40) : time;
      FutureValues future =
          TestModels.future(
              1 + random.nextInt(5),
              random.nextInt(20),
              1 + random.nextInt(5),
              random.nextBoolean() ? Double.NaN : 3);
      if (random.nextInt(3) == 0) {
        events.add(new FutureUpdate(key, own, future, 0, i));
        continue;
      }
      Observation observation = TestModels.observation(key, own, i);
      if (random.nextInt(20) == 0) {
        observation.numeric()[0] = Double.MAX_VALUE;
      }
      if (random.nextInt(3) == 0) {
        observation.numeric()[1] = Double.NaN;
      }
      events.add(random.nextBoolean() ? observation.withFuture(future) : observation);
    }
    return events;
  }

  /** Stops after {@code cut} events and goes on from the checkpoint in another operator. */
  private static List<String> run(List<KeyedEvent> events, int maxBatch, int cut) throws Exception {
    PredictSettings settings =
        PredictHarness.settings(TestModels.SCHEMA_WITH_FUTURE, maxBatch, FORGET_AFTER);
    List<String> results = new ArrayList<>();
    try (PredictHarness first = harness(settings)) {
      first.open();
      for (KeyedEvent event : events.subList(0, cut)) {
        first.observe(event);
      }
      var state = first.checkpoint();
      collect(first, results);
      try (PredictHarness second = harness(settings)) {
        second.initializeState(state);
        second.open();
        for (KeyedEvent event : events.subList(cut, EVENTS)) {
          second.observe(event);
        }
        second.endInput(1);
        collect(second, results);
      }
    }
    return results.stream().sorted().toList();
  }

  private static PredictHarness harness(PredictSettings settings) throws Exception {
    return new PredictHarness(settings, PredictHarness.Backend.HEAP, 1, 0, () -> announcements);
  }

  private static void collect(PredictHarness harness, List<String> results) {
    for (Prediction p : harness.predictions()) {
      long[] bits = new long[p.values().length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Double.doubleToRawLongBits(p.values()[i]);
      }
      results.add("%04d %s %s".formatted(p.offset(), p.shape().model(), Arrays.toString(bits)));
    }
    for (DeadLetter letter : harness.deadLetters()) {
      results.add("%04d %s".formatted(letter.offset(), letter.reason()));
    }
  }
}
