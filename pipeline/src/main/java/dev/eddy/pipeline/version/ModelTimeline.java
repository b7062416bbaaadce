package dev.eddy.pipeline.version;

import dev.eddy.model.spec.ModelId;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which version of one model serves from which event time on: the accepted announcements in
 * broker order. At a time the last one whose effective time has come serves; the first one serves
 * from the beginning of time. A pure function of the announcements, so that a replay swaps where
 * the live run did. Grows at its end only; confined to one thread.
 */
final class ModelTimeline {
  private final List<Tenure> tenures = new ArrayList<>();

  /** Adds the announcement that came after all others. */
  Tenure append(ModelId model, long effectiveFrom, SwapPolicy swap) {
    int index = tenures.size();
    long from = index == 0 ? Long.MIN_VALUE : effectiveFrom;
    Tenure tenure = new Tenure(index, model, from, swap);
    tenures.add(tenure);
    return tenure;
  }

  boolean isEmpty() {
    return tenures.isEmpty();
  }

  /** The tenure that was appended last. */
  Tenure last() {
    return tenures.get(tenures.size() - 1);
  }

  /** The tenure that serves event time {@code time}; the timeline must not be empty. */
  Tenure at(long time) {
    int index = tenures.size() - 1;
    while (tenures.get(index).effectiveFrom() > time) {
      index--;
    }
    return tenures.get(index);
  }

  /**
   * How the hidden state of version {@code from} moves over to {@code to}, as if the key had been
   * swapped at each tenure between the two: carried only if all of them carry.
   */
  SwapPolicy swap(int from, Tenure to) {
    for (int index = to.index(); index > 0; index--) {
      if (tenures.get(index).swap() == SwapPolicy.RESET) {
        return SwapPolicy.RESET;
      }
      if (tenures.get(index - 1).model().version() == from) {
        return SwapPolicy.CARRY;
      }
    }
    return SwapPolicy.RESET; // a version that was never on this timeline
  }
}
