package dev.eddy.pipeline.operator;

import dev.eddy.model.spec.ModelId;
import java.util.ArrayList;
import java.util.List;

/**
 * Which version of one model serves from which event time on: the accepted announcements in broker
 * order. At a time the last one whose effective time has come serves; the first one serves from the
 * beginning of time. A pure function of the announcements, so that a replay swaps where the live
 * run did. Grows at its end only; confined to one thread.
 */
final class ModelTimeline {
  /**
   * One accepted announcement.
   *
   * @param index its place in the timeline
   * @param model the version that it brings
   * @param effectiveFrom first event time it serves, epoch milliseconds
   * @param swap how hidden state of the version before moves over to it
   */
  record Activation(int index, ModelId model, long effectiveFrom, SwapPolicy swap) {}

  private final List<Activation> activations = new ArrayList<>();

  /** Adds the announcement that came after all others. */
  Activation append(ModelId model, long effectiveFrom, SwapPolicy swap) {
    int index = activations.size();
    long from = index == 0 ? Long.MIN_VALUE : effectiveFrom;
    Activation activation = new Activation(index, model, from, swap);
    activations.add(activation);
    return activation;
  }

  boolean isEmpty() {
    return activations.isEmpty();
  }

  /** The activation that was appended last. */
  Activation last() {
    return activations.get(activations.size() - 1);
  }

  /** The activation that serves event time {@code time}; the timeline must not be empty. */
  Activation at(long time) {
    int index = activations.size() - 1;
    while (activations.get(index).effectiveFrom() > time) {
      index--;
    }
    return activations.get(index);
  }

  /**
   * How the hidden state of version {@code from} moves over to {@code to}, as if the key had been
   * swapped at each activation between the two: carried only if all of them carry.
   */
  SwapPolicy swap(int from, Activation to) {
    for (int index = to.index(); index > 0; index--) {
      if (activations.get(index).swap() == SwapPolicy.RESET) {
        return SwapPolicy.RESET;
      }
      if (activations.get(index - 1).model().version() == from) {
        return SwapPolicy.CARRY;
      }
    }
    return SwapPolicy.RESET; // a version that was never on this timeline
  }
}
