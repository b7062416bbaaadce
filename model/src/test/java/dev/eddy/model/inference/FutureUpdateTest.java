package dev.eddy.model.inference;

import static dev.eddy.model.encoding.Specs.HOUR;
import static dev.eddy.model.encoding.Specs.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.encoding.FutureEncoderTest;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Future values that come without an observation, between those that are stepped together. */
class FutureUpdateTest {
  private static final ModelSpec SPEC = FutureEncoderTest.hourly(4, 1, 2, 3);
  private static final float BREAKS_ABOVE = 4;

  private sealed interface Event {
    int key();
  }

  private record Observed(int key, RawInput input) implements Event {}

  private record Told(int key, RawFuture future) implements Event {}

  private record Run(List<double[]> predictions, List<KeyState> states) {}

  @Property(tries = 100)
  void any_batching_equals_one_at_a_time_even_where_steps_fail(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int keys,
      @ForAll @IntRange(min = 1, max = 60) int batch,
      @ForAll boolean breaksState) {
    List<Event> stream = stream(new Random(seed), keys);

    Run alone = run(stream, keys, 1, breaksState);
    Run together = run(stream, keys, batch, breaksState);

    assertThat(Bits.of(together.predictions)).isEqualTo(Bits.of(alone.predictions));
    assertThat(Bits.ofStates(together.states)).isEqualTo(Bits.ofStates(alone.states));
  }

  @Test
  void a_future_update_alone_changes_what_was_told_and_nothing_else() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState state = runner.fresh();
    runner.add(state, at(0, 11, 0, "N"));
    runner.step();
    runner.clear();
    KeyState before = state.copy();

    runner.tell(state, FutureEncoderTest.future(HOUR, 1f));
    runner.step();

    assertThat(state.hidden()).isEqualTo(before.hidden());
    assertThat(state.memory().statistics()).isEqualTo(before.memory().statistics());
    List<Long> bits = Bits.of(state.memory().values());
    List<Long> bitsBefore = Bits.of(before.memory().values());
    assertThat(IntStream.range(0, bits.size()).filter(i -> !bits.get(i).equals(bitsBefore.get(i))))
        .hasSize(1);
  }

  private static Run run(List<Event> stream, int keys, int batch, boolean breaksState) {
    ModelRunner runner =
        new ModelRunner(SPEC, new PlainEngine(SPEC.network(), BREAKS_ABOVE, breaksState));
    List<KeyState> states = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      states.add(runner.fresh());
    }
    List<double[]> predictions = new ArrayList<>();
    for (int from = 0; from < stream.size(); from += batch) {
      int slots = 0;
      for (Event event : stream.subList(from, Math.min(from + batch, stream.size()))) {
        if (event instanceof Observed observed) {
          slots = 1 + runner.add(states.get(observed.key), observed.input);
        } else {
          runner.tell(states.get(event.key()), ((Told) event).future);
        }
      }
      runner.step();
      for (int slot = 0; slot < slots; slot++) {
        double[] values = new double[runner.predictionSize()];
        if (!runner.failed(slot)) {
          runner.prediction(slot, values);
        }
        predictions.add(values);
      }
      runner.clear();
    }
    return new Run(predictions, states);
  }

  /** Every key begins with an observation; some observations break the step. */
  private static List<Event> stream(Random random, int keys) {
    List<Event> stream = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      stream.add(new Observed(key, at(0, 10, 0, "N")));
    }
    for (int index = 0; index < 120; index++) {
      int key = (int) (keys * random.nextDouble() * random.nextDouble());
      double hour = 1 + index / 6;
      RawFuture future =
          FutureEncoderTest.future(
              (hour + random.nextInt(5)) * HOUR, random.nextInt(3), hour * HOUR, Float.NaN);
      if (random.nextInt(3) == 0) {
        stream.add(new Told(key, future));
      } else {
        double temperature = random.nextInt(12) == 0 ? 1000 : random.nextInt(19);
        double rain = random.nextBoolean() ? Double.NaN : random.nextInt(3);
        RawInput input = at(hour, temperature, rain, "N");
        stream.add(
            new Observed(
                key,
                new RawInput(
                    input.time(),
                    input.numeric(),
                    input.categories(),
                    random.nextBoolean() ? future : RawFuture.NONE)));
      }
    }
    return stream;
  }
}
