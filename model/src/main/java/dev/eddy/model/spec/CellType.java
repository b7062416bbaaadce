package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.eddy.settings.Require;
import dev.eddy.settings.Words;

/** The recurrence that steps a key's hidden state. */
public enum CellType {
  /** Simple Recurrent Unit, Lei et al. 2018, arXiv:1709.02755v5. Hidden state of a unit: c. */
  SRU(1),
  /** Long Short-Term Memory with forget gate, and peepholes on request. Of a unit: h and c. */
  LSTM(2),
  /** Gated Recurrent Unit, Cho et al. 2014, arXiv:1406.1078v1. Hidden state of a unit: h. */
  GRU(1),
  /** The plain recurrent unit, leaky on request. Hidden state of a unit: h. */
  RNN(1);

  private final int statesPerUnit;

  CellType(int statesPerUnit) {
    this.statesPerUnit = statesPerUnit;
  }

  /** How many numbers a unit carries from step to step. */
  public int statesPerUnit() {
    return statesPerUnit;
  }

  /**
   * Requires peepholes and a leak that the cell has.
   *
   * @param place the block that holds both, for the message
   * @throws IllegalArgumentException naming the one that it does not have
   */
  public void requireOptions(String place, boolean peephole, double leak) {
    Require.that(
        !peephole || this == LSTM,
        place + ".peephole",
        peephole,
        "false with cell " + configName() + "; only lstm has peepholes");
    Require.that(
        leak == 1 || this == RNN,
        place + ".leak",
        leak,
        "1 with cell " + configName() + "; only rnn leaks");
  }

  /** The name as written in configuration and in {@code model.json}. */
  @JsonValue
  public String configName() {
    return Words.of(this);
  }

  /**
   * Reads a configuration name.
   *
   * @throws IllegalArgumentException naming the value found and the ones expected
   */
  @JsonCreator
  public static CellType of(String configName) {
    return Words.read(CellType.class, "cell", configName);
  }
}
