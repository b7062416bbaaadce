package dev.eddy.model.inference;

import static dev.eddy.model.encoding.Specs.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.encoding.Specs;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRunnerTest {
  private static final ModelSpec SPEC = Specs.calibrated(Specs.hourly());
  private static final float BREAKS_ABOVE = 4; // global score of the temperature
  private static final int BROKEN = 1000; // a temperature that scores above it

  @Property(tries = 100)
  void any_batching_equals_one_at_a_time(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int keys,
      @ForAll @IntRange(min = 1, max = 70) int batch) {
    List<Step> stream = stream(new Random(seed), keys, 100);

    Run oneAtATime = run(stream, keys, 1);
    Run batched = run(stream, keys, batch);

    assertThat(Bits.of(batched.predictions)).isEqualTo(Bits.of(oneAtATime.predictions));
    assertThat(Bits.ofStates(batched.states)).isEqualTo(Bits.ofStates(oneAtATime.states));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_failing_observation_takes_neither_neighbours_nor_its_own_key_with_it(boolean breaksState) {
    ModelRunner runner =
        new ModelRunner(SPEC, new PlainEngine(SPEC.network(), BREAKS_ABOVE, breaksState));
    KeyState first = runner.fresh();
    KeyState second = runner.fresh();
    runner.add(first, at(0, 11, 0, "N"));
    runner.add(second, at(0, 12, 0, "N"));
    runner.add(first, at(1, BROKEN, 0, "N"));
    runner.add(second, at(1, 13, 0, "N"));
    runner.add(first, at(2, 14, 0, "E"));
    runner.step();

    List<Step> survivors =
        List.of(
            new Step(0, at(0, 11, 0, "N")),
            new Step(1, at(0, 12, 0, "N")),
            new Step(1, at(1, 13, 0, "N")),
            new Step(0, at(2, 14, 0, "E")));
    Run expected = run(survivors, 2, 1);
    for (int slot = 0; slot < 5; slot++) {
      assertThat(runner.failed(slot)).isEqualTo(slot == 2);
    }
    assertThat(Bits.of(predictions(runner, 0, 1, 3, 4))).isEqualTo(Bits.of(expected.predictions));
    assertThat(Bits.ofStates(List.of(first, second))).isEqualTo(Bits.ofStates(expected.states));
  }

  @Test
  void what_calibration_follows_is_what_was_served_to_the_last_digit() {
    CalibrationLayout layout = new CalibrationLayout((Head.Forecast) SPEC.head(), SPEC.input());
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState state = runner.fresh();
    double[] served = new double[runner.predictionSize()];
    for (int hour = 0; hour < 8; hour++) {
      runner.add(state, at(hour, 10 + Math.sqrt(hour), 0, "N"));
      runner.step();
      runner.prediction(0, served);
      runner.clear();
    }
    CalibrationState followed = state.calibration();
    for (int column = 0; column < 3; column++) {
      long newest = (long) followed.clocks()[layout.next(column)] - 1;
      int bounds = layout.bounds(column, newest);
      assertThat(followed.values()[bounds]).isEqualTo(served[3 * column]);
      assertThat(followed.values()[bounds + 1]).isEqualTo(served[3 * column + 2]);
    }
  }

  @Test
  void a_key_whose_only_observation_fails_stays_fresh() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network(), BREAKS_ABOVE, true));
    KeyState state = runner.fresh();
    runner.add(state, at(0, BROKEN, 0, "N"));
    runner.step();

    assertThat(runner.failed(0)).isTrue();
    assertThat(Bits.of(state)).isEqualTo(Bits.of(runner.fresh()));
  }

  @Test
  void a_healthy_batch_is_one_forward_pass() {
    PlainEngine engine = new PlainEngine(SPEC.network());
    ModelRunner runner = new ModelRunner(SPEC, engine);
    KeyState state = runner.fresh();
    for (int hour = 0; hour < 5; hour++) {
      assertThat(runner.add(state, at(hour, 10, 0, "N"))).isEqualTo(hour);
    }
    runner.step();
    assertThat(engine.calls).isEqualTo(1);

    runner.clear();
    runner.step();
    assertThat(engine.calls).isEqualTo(1);
    assertThat(runner.add(state, at(5, 10, 0, "N"))).isZero();
  }

  @Test
  void a_state_may_move_between_runners() {
    ModelRunner one = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    ModelRunner other = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState first = one.fresh();
    KeyState second = one.fresh();
    one.add(first, at(0, 11, 0, "N"));
    one.add(second, at(0, 12, 0, "N"));
    one.step();

    other.add(second, at(1, 13, 0, "N"));
    other.add(first, at(1, 14, 0, "N"));
    other.step();

    Run expected =
        run(
            List.of(
                new Step(0, at(0, 11, 0, "N")),
                new Step(1, at(0, 12, 0, "N")),
                new Step(1, at(1, 13, 0, "N")),
                new Step(0, at(1, 14, 0, "N"))),
            2,
            1);
    assertThat(Bits.of(predictions(other, 0, 1)))
        .isEqualTo(Bits.of(expected.predictions.subList(2, 4)));
  }

  @Test
  void refuses_to_stage_between_step_and_clear() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    stepped(runner);

    assertThatThrownBy(() -> runner.add(runner.fresh(), at(0, 1, 0, "N")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void carry_keeps_hidden_state_and_memory_and_shares_no_array() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState state = stepped(runner);

    KeyState carried = runner.carry(state, new InputEncoder(SPEC));

    assertThat(Bits.of(carried)).isEqualTo(Bits.of(state));
    assertThat(carried.hidden()).isNotSameAs(state.hidden());
    assertThat(carried.memory().statistics()).isNotSameAs(state.memory().statistics());
    assertThat(carried.memory().values()).isNotSameAs(state.memory().values());
  }

  @Test
  void carry_keeps_of_the_memory_what_means_the_same_to_both() {
    ModelSpec irregular = Specs.calibrated(Specs.irregular());
    ModelRunner before = new ModelRunner(irregular, new PlainEngine(irregular.network()));
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState state = stepped(before);

    KeyState carried = runner.carry(state, before.encoder());

    assertThat(carried.hidden()).isEqualTo(state.hidden());
    assertThat(runner.encoder().observations(carried.memory())).isEqualTo(2);
    assertThat(runner.encoder().meanMagnitude(0, carried.memory()))
        .isEqualTo(before.encoder().meanMagnitude(0, state.memory()));
    assertThat(runner.encoder().meanChange(0, carried.memory())).isNaN(); // of other periods
  }

  @Test
  void reset_keeps_what_the_key_has_shown_and_zeroes_the_hidden_state() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState state = stepped(runner);

    KeyState reset = runner.reset(state, new InputEncoder(SPEC));

    assertThat(reset.hidden()).containsOnly(0).hasSize(8);
    assertThat(Bits.of(reset.memory())).isEqualTo(Bits.of(state.memory()));
  }

  @Test
  void the_first_observation_of_a_key_gets_the_baseline_with_the_priors_interval() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    runner.add(runner.fresh(), at(0, 17, 3, "N"));
    runner.step();

    // unit 3 by the prior, residual quantiles ±1, a table that leaves a new key's interval alone
    assertThat(predictions(runner, 0).get(0)).containsExactly(14, 17, 20, 14, 17, 20, 14, 17, 20);
  }

  @Test
  void carry_and_reset_keep_the_calibration_where_columns_and_quantiles_agree() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState state = stepped(runner);
    InputEncoder before = new InputEncoder(SPEC);

    for (KeyState moved : List.of(runner.carry(state, before), runner.reset(state, before))) {
      assertThat(moved.calibration().values()).isEqualTo(state.calibration().values());
      assertThat(moved.calibration().clocks()).isEqualTo(state.calibration().clocks());
      assertThat(moved.calibration().values()).isNotSameAs(state.calibration().values());
    }
  }

  @Test
  void calibration_begins_anew_where_the_version_before_had_none() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    ModelSpec uncalibrated = Specs.hourly();
    ModelRunner before = new ModelRunner(uncalibrated, new PlainEngine(uncalibrated.network()));

    KeyState moved = runner.carry(stepped(before), before.encoder());

    assertThat(moved.calibration().values()).isEqualTo(runner.fresh().calibration().values());
    assertThat(moved.calibration().clocks()).isEqualTo(runner.fresh().calibration().clocks());
  }

  @Test
  void calibration_keeps_its_levels_and_drops_what_is_pending_where_time_is_counted_otherwise() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    ModelSpec irregular = Specs.calibrated(Specs.irregular());
    ModelRunner before = new ModelRunner(irregular, new PlainEngine(irregular.network()));
    KeyState state = surprised(before);
    double[] levels = Arrays.copyOf(state.calibration().values(), 3);

    KeyState moved = runner.carry(state, before.encoder());

    assertThat(moved.calibration().values()).startsWith(levels);
    assertThat(levels).isNotEqualTo(Arrays.copyOf(runner.fresh().calibration().values(), 3));
    double[] clocks = moved.calibration().clocks();
    assertThat(Arrays.copyOfRange(clocks, 1, clocks.length)).containsOnly(0);
  }

  @Test
  void calibration_moves_with_its_targets() {
    ModelSpec two = Specs.calibrated(Specs.twoTargets());
    ModelSpec one = Specs.calibrated(Specs.rainAlone());
    ModelRunner before = new ModelRunner(two, new PlainEngine(two.network()));
    ModelRunner runner = new ModelRunner(one, new PlainEngine(one.network()));
    KeyState state = surprised(before);

    KeyState moved = runner.reset(state, before.encoder());

    int horizons = 3;
    double[] values = state.calibration().values();
    double[] ofRain = Arrays.copyOfRange(values, horizons, 2 * horizons);
    assertThat(Arrays.copyOf(moved.calibration().values(), horizons)).isEqualTo(ofRain);
    assertThat(ofRain).isNotEqualTo(Arrays.copyOf(values, horizons));
    int bounds = (values.length - 2 * horizons) / 2; // those of the rain are the latter half
    assertThat(Arrays.copyOfRange(moved.calibration().values(), horizons, horizons + bounds))
        .isEqualTo(Arrays.copyOfRange(values, values.length - bounds, values.length));
  }

  /** Temperatures that leave their intervals, and no rain. */
  private static KeyState surprised(ModelRunner runner) {
    KeyState state = runner.fresh();
    for (int hour = 0; hour < 12; hour++) {
      runner.add(state, at(hour, hour * hour * 10, 0, "N"));
    }
    runner.step();
    return state;
  }

  @Test
  void a_state_that_was_stored_before_intervals_were_calibrated_begins_as_a_new_keys() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState fresh = runner.fresh();
    KeyState old = new KeyState(fresh.hidden(), fresh.memory(), CalibrationState.none());
    runner.add(old, at(0, 11, 0, "N"));
    runner.add(old, at(1, 12, 0, "N"));
    runner.step();
    runner.clear();

    assertThat(Bits.of(old)).isEqualTo(Bits.of(stepped(runner)));
  }

  @Test
  void a_state_whose_memory_was_laid_out_otherwise_begins_it_anew_and_keeps_its_hidden_state() {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    KeyState known = stepped(runner);
    runner.clear();
    KeyMemory otherwise = new KeyMemory(new double[3], new double[2]);
    KeyState old = new KeyState(known.hidden().clone(), otherwise, known.calibration());
    KeyState moved = runner.carry(old, runner.encoder());
    runner.tellNow(old, RawFuture.NONE);
    runner.add(old, at(2, 11, 0, "N"));
    runner.step();
    runner.clear();

    assertThat(moved.hidden()).isEqualTo(known.hidden());
    assertThat(Bits.of(moved.memory())).isEqualTo(Bits.of(runner.encoder().fresh()));
    assertThat(runner.encoder().fits(old.memory())).isTrue();
    assertThat(runner.encoder().observations(old.memory())).isEqualTo(1);
  }

  @Test
  void carry_refuses_a_network_of_another_shape() {
    int inputs = SPEC.network().inputSize();
    int outputs = SPEC.network().outputSize();
    assertRefusesToCarry(new NetworkShape(CellType.LSTM, inputs, 4, 2, outputs), "2×4 lstm");
    assertRefusesToCarry(new NetworkShape(CellType.GRU, inputs, 4, 2, outputs), "2×4 gru");
    assertRefusesToCarry(new NetworkShape(CellType.SRU, inputs, 4, 1, outputs), "1×4 sru");
    assertRefusesToCarry(new NetworkShape(CellType.SRU, inputs, 5, 2, outputs), "2×5 sru");
    assertRefusesToCarry(
        new NetworkShape(CellType.RNN, inputs, 4, 2, outputs, false, 0.5), "2×4 rnn with leak 0.5");
  }

  private static void assertRefusesToCarry(NetworkShape network, String summary) {
    ModelSpec other = new ModelSpec(network, SPEC.input(), SPEC.head());
    ModelRunner runner = new ModelRunner(other, new PlainEngine(network));
    assertThatThrownBy(() -> runner.carry(runner.fresh(), new InputEncoder(SPEC)))
        .hasMessage("swap: carry from 2×4 sru (must be " + summary + ")");
  }

  private static KeyState stepped(ModelRunner runner) {
    KeyState state = runner.fresh();
    runner.add(state, at(0, 11, 0, "N"));
    runner.add(state, at(1, 12, 0, "N"));
    runner.step();
    return state;
  }

  record Step(int key, RawInput input) {}

  record Run(List<double[]> predictions, List<KeyState> states) {}

  private static Run run(List<Step> stream, int keys, int batch) {
    ModelRunner runner = new ModelRunner(SPEC, new PlainEngine(SPEC.network()));
    List<KeyState> states = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      states.add(runner.fresh());
    }
    List<double[]> predictions = new ArrayList<>();
    for (int from = 0; from < stream.size(); from += batch) {
      List<Step> staged = stream.subList(from, Math.min(from + batch, stream.size()));
      staged.forEach(step -> runner.add(states.get(step.key), step.input));
      runner.step();
      for (int slot = 0; slot < staged.size(); slot++) {
        assertThat(runner.failed(slot)).isFalse();
        predictions.addAll(predictions(runner, slot));
      }
      runner.clear();
    }
    return new Run(predictions, states);
  }

  private static List<double[]> predictions(ModelRunner runner, int... slots) {
    List<double[]> predictions = new ArrayList<>();
    for (int slot : slots) {
      double[] values = new double[runner.predictionSize()];
      runner.prediction(slot, values);
      predictions.add(values);
    }
    return predictions;
  }

  private static List<Step> stream(Random random, int keys, int length) {
    List<Step> stream = new ArrayList<>();
    for (int index = 0; index < length; index++) {
      // Squared, so that some keys come often and some rarely.
      int key = (int) (keys * random.nextDouble() * random.nextDouble());
      double temperature = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(30);
      stream.add(new Step(key, at(index / 3, temperature, random.nextFloat(), "N")));
    }
    return stream;
  }
}
