package dev.eddy.pipeline.version;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.state.ExactModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which version of one model serves from which event time on: the announcements in broker
 * order. At a time the last one that stands and whose effective time has come serves; the first one
 * that stands serves from the beginning of time. A pure function of the announcements and of which
 * of them were refused, so that a replay swaps where the live run did. Those that are refused or
 * withdrawn keep their place: an earlier run may have stepped keys under them. Shadows have a place
 * among them, serve at no time, and change nothing of what does. Grows at its end only; confined to
 * one thread.
 */
final class ModelTimeline {
  private static final int NONE = -1;

  private final List<Tenure> tenures = new ArrayList<>();
  private final List<Integer> predecessors = new ArrayList<>(); // by place; NONE for the first
  private final BitSet standing = new BitSet(); // by place, neither refused nor withdrawn
  private final ShadowTimeline shadows = new ShadowTimeline(tenures);
  private final BitSet withdrawn = new BitSet(); // by place, as if never announced

  /** Adds the announcement that came after all others. */
  Tenure append(ModelId model, String digest, long effectiveFrom, SwapPolicy swap, boolean shadow) {
    ExactModel exact = ExactModel.of(model.version(), digest);
    Tenure tenure = new Tenure(tenures.size(), model, exact, effectiveFrom, swap, shadow);
    predecessors.add(predecessor());
    tenures.add(tenure);
    if (shadow) {
      shadows.append(tenure);
    } else {
      standing.set(tenure.index());
    }
    return tenure;
  }

  private int predecessor() {
    int index = tenures.size() - 1;
    while (index >= 0 && passes(index)) {
      index--;
    }
    return index;
  }

  /** Whether a tenure changes nothing of what serves. */
  private boolean passes(int index) {
    return withdrawn.get(index) || tenures.get(index).shadow();
  }

  /** What is stepped beside the tenure that serves event time {@code time}, if anything is. */
  Optional<Tenure> shadow(long time) {
    return shadows
        .at(time, withdrawn)
        .filter(shadow -> !isEmpty() && !at(time).exact().equals(shadow.exact()));
  }

  /** The shadow that begins next after event time {@code time}, as far as is known; or none. */
  Optional<Tenure> shadowAfter(long time) {
    return shadows.after(time);
  }

  /** Lets a tenure serve at no time. */
  void refuse(Tenure tenure) {
    standing.clear(tenure.index());
    shadows.refuse(tenure);
  }

  /** Lets a tenure count as never announced. */
  void withdraw(Tenure tenure) {
    refuse(tenure);
    withdrawn.set(tenure.index());
  }

  /**
   * Withdraws all that was announced of a model so far; but what serves only where something else
   * is announced that does.
   *
   * @return the tenures that stood until then and served
   */
  List<Tenure> withdraw(ExactModel model) {
    boolean alone =
        tenures.stream()
            .filter(tenure -> !passes(tenure.index()))
            .allMatch(tenure -> tenure.exact().equals(model));
    List<Tenure> stood = of(model).stream().filter(tenure -> !alone && !tenure.shadow()).toList();
    tenures.stream()
        .filter(tenure -> tenure.exact().equals(model) && (tenure.shadow() || !alone))
        .forEach(this::withdraw);
    return stood;
  }

  /** Lets those stand again that were refused. */
  void forgive() {
    for (Tenure tenure : tenures) {
      standing.set(tenure.index(), !passes(tenure.index()));
    }
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

  /** Every tenure of a model that stands, those of which it is a shadow first. */
  List<Tenure> of(ExactModel model) {
    return Stream.concat(shadows.standing(), standing.stream().mapToObj(tenures::get))
        .filter(tenure -> tenure.exact().equals(model))
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
   * there would have been. So may what serves the keys of a shadow, but that says first itself.
   */
  SwapPolicy swap(ExactModel from, Tenure to) {
    boolean saysItself = to.shadow() && to.swap() != SwapPolicy.CARRY;
    return !saysItself && isBehind(from, to) ? swapBack(from, to) : swapOn(from, to);
  }

  /** Whether a model stands behind a tenure alone. */
  private boolean isBehind(ExactModel from, Tenure to) {
    List<Tenure> before = tenures.subList(0, to.index());
    List<Tenure> behind = tenures.subList(to.index() + 1, tenures.size());
    return before.stream().noneMatch(each -> made(from, each))
        && behind.stream().anyMatch(each -> made(from, each));
  }

  /** Whether keys may have come from a tenure with what a model made. */
  private static boolean made(ExactModel model, Tenure tenure) {
    return !tenure.shadow() && tenure.exact().equals(model);
  }

  private SwapPolicy swapOn(ExactModel from, Tenure to) {
    for (int index = to.index(); index > 0; index--) {
      if (index == to.index() ? to.swap() != SwapPolicy.CARRY : !carries(index)) {
        return tenures.get(index).swap();
      }
      if (made(from, tenures.get(index - 1))) {
        return SwapPolicy.CARRY;
      }
    }
    // A model that was never on this timeline.
    return to.swap() == SwapPolicy.CARRY ? SwapPolicy.RESET : to.swap();
  }

  private SwapPolicy swapBack(ExactModel from, Tenure to) {
    int index = to.index() + 1;
    while (carries(index) && !made(from, tenures.get(index))) {
      index++;
    }
    return tenures.get(index).swap();
  }

  private boolean carries(int index) {
    return passes(index) || tenures.get(index).swap() == SwapPolicy.CARRY;
  }
}
