package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;
import dev.eddy.settings.Require;
import dev.eddy.settings.Words;

/** The recurrence that steps a key's hidden state. */
public enum CellType {
  /** Simple Recurrent Unit, Lei et al. 2018, arXiv:1709.02755v5. Hidden state of a unit: c. */
  SRU,
  /** Long Short-Term Memory with forget gate, and peepholes on request. Of a unit: h and c. */
  LSTM,
  /** Gated Recurrent Unit, Cho et al. 2014, arXiv:1406.1078v1. Hidden state of a unit: h. */
  GRU,
  /** The plain recurrent unit, leaky on request. Hidden state of a unit: h. */
  RNN;

  /**
   * A layer of this cell.
   *
   * @param peephole false but for an LSTM
   * @param leak 1 but for an RNN
   */
  public LayerShape layer(int inputs, int units, boolean peephole, double leak) {
    return switch (this) {
      case SRU -> new SruShape(inputs, units);
      case LSTM -> new LstmShape(inputs, units, peephole);
      case GRU -> new GruShape(inputs, units);
      case RNN -> new RnnShape(inputs, units, leak);
    };
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
