package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values told ahead of their time. */
class SharedAheadTest extends SharedStreams {
  private static final int REACH = 3;
  private static final FutureFields AHEAD = new FutureFields(List.of("wind"), REACH, INTERVAL);

  /** The wind is told three intervals ahead. */
  private static ModelSpec knowingAhead() {
    ModelSpec spec = plain();
    InputEncoding without = spec.input();
    InputEncoding input =
        new InputEncoding(
            without.numeric(),
            without.categorical(),
            without.calendar(),
            without.zone(),
            Optional.of(Duration.ofMillis(INTERVAL)),
            without.typicalGap(),
            without.targets(),
            without.deviationSpans(),
            without.statics(),
            Optional.of(new InputEncoding.Future(List.of("wind"), REACH, List.of(1, 3))));
    NetworkShape network =
        new NetworkShape(
            CellType.of(spec.network().layers().get(0).cell()),
            InputEncoder.inputSize(input, spec.head()),
            spec.network().topSize(),
            spec.network().layers().size(),
            spec.head().outputSize());
    return new ModelSpec(network, input, spec.head());
  }

  @Test
  void what_is_told_ahead_is_known_from_when_it_was_told() throws Exception {
    ObservationSchema schema = schema(AHEAD);
    serve(knowingAhead());
    // Each round tells the next three; every fifth one corrects what was told of the next.
    for (int round = 0; round < ROUNDS; round++) {
      long time = (long) round * INTERVAL;
      StringBuilder entries = new StringBuilder();
      for (int ahead = 1; ahead <= REACH; ahead++) {
        entries.append(ahead == 1 ? "" : ",").append(entry(time, ahead));
      }
      shared.observeRaw("", "{\"time\":" + time + ",\"future\":[" + entries + "]}");
    }
    deployment.observe(lacking(0, ROUNDS));
    List<Observation> telling = new ArrayList<>();
    for (Observation each : lacking(0, ROUNDS)) {
      telling.add(each.withFuture(told(each.time())));
    }
    writeWhole(telling, schema);

    cluster.run(settings(deployment, schema, LONG, true), flink("chk", 2, "hashmap"));
    cluster.run(settings(whole, schema, LONG, true), flink("whole", 1, "hashmap"));

    assertThat(deployment.predictions()).isEqualTo(whole.predictions());
  }

  private static double told(long time, int ahead) {
    return new Random(time / INTERVAL + ahead).nextInt(20) + (time % 50 == 0 && ahead == 1 ? 9 : 0);
  }

  private static String entry(long time, int ahead) {
    return "{\"time\":" + (time + (long) ahead * INTERVAL) + ",\"wind\":" + told(time, ahead) + "}";
  }

  private static FutureValues told(long time) {
    FutureValues values = new FutureValues(new long[REACH], new int[] {1, 1, 1}, new double[REACH]);
    for (int ahead = 1; ahead <= REACH; ahead++) {
      values.when()[ahead - 1] = time + (long) ahead * INTERVAL;
      values.values()[ahead - 1] = told(time, ahead);
    }
    return values;
  }

  private void writeWhole(List<Observation> observations, ObservationSchema schema) {
    var writer = new dev.eddy.connectors.serde.json.ObservationJsonWriter(schema);
    observations.forEach(
        each ->
            whole.observeRaw(each.key(), new String(writer.write(each), StandardCharsets.UTF_8)));
  }
}
