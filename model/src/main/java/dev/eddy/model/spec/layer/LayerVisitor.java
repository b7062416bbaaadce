package dev.eddy.model.spec.layer;

/**
 * Does with a layer what depends on its kind. One for each concern: how it begins, how an engine
 * steps it, how it learns.
 *
 * @param <T> what comes of it
 */
public interface LayerVisitor<T> {
  /** A layer of Simple Recurrent Units. */
  T sru(SruShape shape);

  /** A layer of Long Short-Term Memory. */
  T lstm(LstmShape shape);

  /** A layer of Gated Recurrent Units. */
  T gru(GruShape shape);

  /** A layer of plain recurrent units. */
  T rnn(RnnShape shape);
}
