package dev.eddy.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NetworkShapeTest {
  private static final NetworkShape LSTM = new NetworkShape(CellType.LSTM, 8, 64, 2, 9);

  @Test
  void hiddenStatesAreSharedWhateverTheInputsOutputsAndLeak() {
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 5, 64, 2, 1))).isTrue();
    assertThat(
            new NetworkShape(CellType.RNN, 8, 64, 2, 9)
                .sharesStateWith(new NetworkShape(CellType.RNN, 8, 64, 2, 9, false, 0.3)))
        .isTrue();
  }

  @Test
  void hiddenStatesOfOtherCellsPeepholesOrSizesAreNot() {
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 8, 64, 2, 9, true, 1)))
        .isFalse();
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.GRU, 8, 64, 2, 9))).isFalse();
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 8, 64, 1, 9))).isFalse();
    assertThat(LSTM.sharesStateWith(new NetworkShape(CellType.LSTM, 8, 32, 2, 9))).isFalse();
  }

  @Test
  void theSummarySaysWhatTellsStacksApart() {
    assertThat(LSTM.summary()).isEqualTo("2×64 lstm");
    assertThat(new NetworkShape(CellType.LSTM, 8, 64, 2, 9, true, 1).summary())
        .isEqualTo("2×64 lstm with peepholes");
    assertThat(new NetworkShape(CellType.RNN, 8, 64, 2, 9, false, 0.3).summary())
        .isEqualTo("2×64 rnn with leak 0.3");
  }

  @Test
  void whatACellDoesNotHaveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkShape(CellType.GRU, 8, 64, 2, 9, true, 1))
        .withMessage(
            "network.peephole: true (must be false with cell gru; only lstm has peepholes)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkShape(CellType.RNN, 8, 64, 2, 9, false, Double.NaN))
        .withMessage("network.leak: NaN (must be above 0 and at most 1)");
  }
}
