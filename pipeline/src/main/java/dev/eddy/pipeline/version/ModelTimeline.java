package dev.eddy.pipeline.version;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.state.ExactModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Says which version of one model serves from which event time on: the announcements in broker
 * order. At a time the last one that stands and whose effective time has come serves; the first one
 * that stands serves from the beginning of time. A pure function of the announcements and of which
 * of them were refused, so that a replay swaps where the live run did. Those that are refused or
 * withdrawn keep their place: an earlier run may have stepped keys under them. Grows at its end
 * only; confined to one thread.
 */
final class ModelTimeline {
  private static final int NONE = -1;

  private final List<Tenure> tenures = new ArrayList<>();
  private final List<Integer> predecessors = new ArrayList<>(); // by place; NONE for the first
  private final BitSet standing = new BitSet(); // by place, neither refused nor withdrawn
  private final BitSet withdrawn = new BitSet(); // by place, as if never announced

  /** Adds the announcement that came after all others. */
  Tenure append(ModelId model, String digest, long effectiveFrom, SwapPolicy swap) {
    ExactModel exact = ExactModel.of(model.version(), digest);
    Tenure tenure = new Tenure(tenures.size(), model, exact, effectiveFrom, swap);
    standing.set(tenure.index());
    predecessors.add(tenures.isEmpty() ? NONE : withdrawn.previousClearBit(tenures.size() - 1));
    tenures.add(tenure);
    return tenure;
  }

  /** Lets a tenure serve at no time. */
  void refuse(Tenure tenure) {
    standing.clear(tenure.index());
  }

  /** Lets a tenure count as never announced. */
  void withdraw(Tenure tenure) {
    standing.clear(tenure.index());
    withdrawn.set(tenure.index());
  }

  /**
   * Withdraws all that was announced of a model so far, unless nothing else is announced.
   *
   * @return the tenures that stood until then
   */
  List<Tenure> withdraw(ExactModel model) {
    boolean alone =
        tenures.stream()
            .filter(tenure -> !withdrawn.get(tenure.index()))
            .allMatch(tenure -> tenure.exact().equals(model));
    if (alone) {
      return List.of(); // something must serve
    }
    List<Tenure> stood = of(model);
    tenures.stream().filter(tenure -> tenure.exact().equals(model)).forEach(this::withdraw);
    return stood;
  }

  /** Lets those stand again that were refused. */
  void forgive() {
    standing.set(0, tenures.size());
    standing.andNot(withdrawn);
  }

  /** Whether none stands. */
  boolean isEmpty() {
    return standing.isEmpty();
  }

  /** The one that stands and was appended last. */
  Tenure last() {
    return tenures.get(standing.length() - 1);
  }

  /** The tenure that serves event time {@code time}; one at least must stand. */
  Tenure at(long time) {
    int index = standing.length() - 1;
    while (index >= 0 && tenures.get(index).effectiveFrom() > time) {
      index = standing.previousSetBit(index - 1);
    }
    return tenures.get(index >= 0 ? index : standing.nextSetBit(0));
  }

  /** The tenure that begins next after event time {@code time}, as far as is known; or none. */
  Optional<Tenure> after(long time) {
    Tenure next = null;
    for (int index = standing.length() - 1; index >= 0; ) {
      Tenure tenure = tenures.get(index);
      if (tenure.effectiveFrom() <= time) {
        break; // what came before it serves no more
      }
      if (next == null || tenure.effectiveFrom() < next.effectiveFrom()) {
        next = tenure;
      }
      index = standing.previousSetBit(index - 1);
    }
    return Optional.ofNullable(next);
  }

  /**
   * The tenure that was announced before, refused or not, but for those that had been withdrawn by
   * then: whatever is withdrawn later, it stays the same.
   */
  Optional<Tenure> before(Tenure tenure) {
    int index = predecessors.get(tenure.index());
    return index == NONE ? Optional.empty() : Optional.of(tenures.get(index));
  }

  /** Every tenure of a model that stands. */
  List<Tenure> of(ExactModel model) {
    return tenures.stream()
        .filter(tenure -> tenure.exact().equals(model) && standing.get(tenure.index()))
        .toList();
  }

  /** A tenure of a model, wherever it stands, or stood; empty if it was never announced. */
  Optional<Tenure> anyOf(ExactModel model) {
    return tenures.stream().filter(tenure -> tenure.exact().equals(model)).findFirst();
  }

  /**
   * How the hidden state that {@code from} made moves over to {@code to}, as if the key had been
   * swapped at each tenure between the two: carried only if all of them carry, else as the last one
   * says that does not. Refused ones count, whose files nobody may have looked at. A model that is
   * refused since it stepped the key may stand behind {@code to}: then the way back is as the way
   * there would have been.
   */
  SwapPolicy swap(ExactModel from, Tenure to) {
    return isBehind(from, to) ? swapBack(from, to) : swapOn(from, to);
  }

  /** Whether a model stands behind a tenure alone. */
  private boolean isBehind(ExactModel from, Tenure to) {
    List<Tenure> before = tenures.subList(0, to.index());
    List<Tenure> behind = tenures.subList(to.index() + 1, tenures.size());
    return before.stream().noneMatch(each -> each.exact().equals(from))
        && behind.stream().anyMatch(each -> each.exact().equals(from));
  }

  private SwapPolicy swapOn(ExactModel from, Tenure to) {
    for (int index = to.index(); index > 0; index--) {
      if (!carries(index)) {
        return tenures.get(index).swap();
      }
      if (tenures.get(index - 1).exact().equals(from)) {
        return SwapPolicy.CARRY;
      }
    }
    // A model that was never on this timeline.
    return to.swap() == SwapPolicy.CARRY ? SwapPolicy.RESET : to.swap();
  }

  private SwapPolicy swapBack(ExactModel from, Tenure to) {
    int index = to.index() + 1;
    while (carries(index) && !tenures.get(index).exact().equals(from)) {
      index++;
    }
    return tenures.get(index).swap();
  }

  private boolean carries(int index) {
    return withdrawn.get(index) || tenures.get(index).swap() == SwapPolicy.CARRY;
  }
}
