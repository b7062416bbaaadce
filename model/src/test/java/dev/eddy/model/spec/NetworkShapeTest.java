package dev.eddy.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.SruShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkShapeTest {
  private static final NetworkShape LSTM = new NetworkShape(CellType.LSTM, 8, 64, 2, 9);

  @Test
  void hidden_states_are_shared_whatever_the_inputs_outputs_and_leak() {
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 5, 64, 2, 1))).isTrue();
    assertThat(
            new NetworkShape(CellType.RNN, 8, 64, 2, 9)
                .sharesStateWith(new NetworkShape(CellType.RNN, 8, 64, 2, 9, false, 0.3)))
        .isTrue();
  }

  @Test
  void hidden_states_of_other_cells_peepholes_or_sizes_are_not() {
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 8, 64, 2, 9, true, 1)))
        .isFalse();
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.GRU, 8, 64, 2, 9))).isFalse();
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 8, 64, 1, 9))).isFalse();
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 8, 32, 2, 9))).isFalse();
  }

  @Test
  void the_summary_says_what_tells_stacks_apart() {
    assertThat(LSTM.summary()).isEqualTo("2×64 lstm");
    assertThat(new NetworkShape(CellType.LSTM, 8, 64, 2, 9, true, 1).summary())
        .isEqualTo("2×64 lstm with peepholes");
    assertThat(new NetworkShape(CellType.RNN, 8, 64, 2, 9, false, 0.3).summary())
        .isEqualTo("2×64 rnn with leak 0.3");
  }

  @Test
  void layers_may_differ_where_each_takes_in_what_the_one_below_puts_out() {
    NetworkShape mixed = mixed(64);

    assertThat(mixed.summary()).isEqualTo("1×64 sru, 2×32 lstm, mean of 2");
    assertThat(mixed.stateSize()).isEqualTo(2 * (64 + 2 * 32 + 2 * 32));
    assertThat(mixed.stateOffset(2)).isEqualTo(64 + 2 * 32);
    assertThat(mixed.sharesStateWith(mixed(64))).isTrue();
    assertThat(mixed.member().sharesStateWith(new NetworkShape(CellType.SRU, 8, 64, 3, 9)))
        .isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mixed(63))
        .withMessage(
            "network.layers: 63 inputs of layer 1 (must be 64, the units of the layer below)");
  }

  private static NetworkShape mixed(int inputs) {
    return new NetworkShape(
        List.of(
            new SruShape(8, 64), new LstmShape(inputs, 32, false), new LstmShape(32, 32, false)),
        9,
        2);
  }

  @Test
  void what_a_cell_does_not_have_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkShape(CellType.GRU, 8, 64, 2, 9, true, 1))
        .withMessage(
            "network.peephole: true (must be false with cell gru; only lstm has peepholes)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkShape(CellType.RNN, 8, 64, 2, 9, false, Double.NaN))
        .withMessage("network.leak: NaN (must be above 0 and at most 1)");
  }
}
