package dev.eddy.model.layer.pass;

/**
 * Makes the pass of a layer of any kind, all on one means of computing. Loading an implementation
 * must link nothing that may be absent (the vector module); making a pass may.
 */
public interface Passes {
  /**
   * An SRU's; it has a fourth block, a projection of the input, where {@code inputs} are not as
   * many as {@code hidden}.
   *
   * @param highwayScale α, the factor of the input in the highway
   */
  CellPass sru(int inputs, int hidden, float highwayScale);

  /**
   * An LSTM's.
   *
   * @param peeps whether its gates see the cell
   */
  CellPass lstm(int inputs, int hidden, boolean peeps);

  /** A GRU's. */
  CellPass gru(int inputs, int hidden);

  /**
   * A leaky RNN's.
   *
   * @param leak a, the share of a unit that each step replaces
   */
  CellPass rnn(int inputs, int hidden, float leak);

  /** A linear output layer's. */
  HeadPass head(int inputs, int outputs);
}
