package dev.eddy.model.spec.layer;

import java.util.List;
import java.util.Map;

/** One layer of a network as whoever lays out states, weights and memory needs to know it. */
public sealed interface LayerShape permits SruShape, LstmShape, GruShape, RnnShape {
  /** The name of its cell, as written in configuration and in {@code model.json}. */
  String cell();

  /** D, numbers that it takes in at a step. */
  int inputs();

  /** H, numbers that it puts out at a step. */
  int units();

  /** What it carries from step to step, in the order in which it is kept. */
  List<Carried> carried();

  /** Its tensors, in the order in which they are stored. */
  List<TensorShape> tensors();

  /** What is not as usual with its kind, by the names in {@code model.json}; mostly nothing. */
  Map<String, Object> options();

  /** Cell and options in few words: {@code lstm with peepholes}. */
  String summary();

  /** Numbers that the products of one step have. */
  int products();

  /** Numbers that training keeps of one step for the way back, beside inputs and outputs. */
  int kept();

  /** Whether what it carries means the same to the other, whatever their weights. */
  default boolean sharesStateWith(LayerShape other) {
    return cell().equals(other.cell()) && carried().equals(other.carried());
  }

  /** Does what depends on the kind. */
  <T> T accept(LayerVisitor<T> visitor);

  /** Numbers that it carries. */
  default int stateSize() {
    return carried().stream().mapToInt(Carried::size).sum();
  }
}
