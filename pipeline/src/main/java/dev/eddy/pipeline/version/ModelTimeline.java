package dev.eddy.pipeline.version;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.state.ExactModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Says which version of one model serves from which event time on: the announcements in broker
 * order. At a time the last accepted one whose effective time has come serves; the first accepted
 * one serves from the beginning of time. A pure function of the announcements and of which of them
 * were refused, so that a replay swaps where the live run did. Refused ones keep their place: an
 * earlier run may have stepped keys under them. Grows at its end only; confined to one thread.
 */
final class ModelTimeline {
  private static final int NONE = -1;

  private final List<Tenure> tenures = new ArrayList<>();
  private final BitSet refused = new BitSet();
  private int last = NONE; // accepted

  /** Adds the accepted announcement that came after all others. */
  Tenure append(ModelId model, String digest, long effectiveFrom, SwapPolicy swap) {
    long from = isEmpty() ? Long.MIN_VALUE : effectiveFrom;
    last = tenures.size();
    Tenure tenure = tenure(model, digest, from, swap);
    tenures.add(tenure);
    return tenure;
  }

  /** Adds the refused announcement that came after all others; it serves at no time. */
  void appendRefused(ModelId model, String digest, SwapPolicy swap) {
    refused.set(tenures.size());
    tenures.add(tenure(model, digest, Long.MAX_VALUE, swap));
  }

  private Tenure tenure(ModelId model, String digest, long from, SwapPolicy swap) {
    return new Tenure(tenures.size(), model, ExactModel.of(model.version(), digest), from, swap);
  }

  /** Forgets all of it. */
  void clear() {
    tenures.clear();
    refused.clear();
    last = NONE;
  }

  /** Whether none is accepted. */
  boolean isEmpty() {
    return last == NONE;
  }

  /** The accepted tenure that was appended last. */
  Tenure last() {
    return tenures.get(last);
  }

  /** The tenure that serves event time {@code time}; one at least must be accepted. */
  Tenure at(long time) {
    int index = last;
    while (refused.get(index) || tenures.get(index).effectiveFrom() > time) {
      index--;
    }
    return tenures.get(index);
  }

  /**
   * How the hidden state that {@code from} made moves over to {@code to}, as if the key had been
   * swapped at each tenure between the two: carried only if all of them carry, else as the last one
   * says that does not. A version that is refused since it stepped the key may stand behind {@code
   * to}: then the way back is as the way there would have been.
   */
  SwapPolicy swap(ExactModel from, Tenure to) {
    for (int index = to.index(); index > 0; index--) {
      if (!carries(index)) {
        return tenures.get(index).swap();
      }
      if (tenures.get(index - 1).exact().equals(from)) {
        return SwapPolicy.CARRY;
      }
    }
    for (int index = to.index() + 1; index < tenures.size(); index++) {
      if (tenures.get(index).exact().equals(from)) {
        return tenures.get(index).swap();
      }
      if (!carries(index)) {
        return tenures.get(index).swap();
      }
    }
    // A model that was never on this timeline.
    return to.swap() == SwapPolicy.CARRY ? SwapPolicy.RESET : to.swap();
  }

  private boolean carries(int index) {
    return refused.get(index) || tenures.get(index).swap() == SwapPolicy.CARRY;
  }
}
