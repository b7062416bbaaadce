package dev.eddy.pipeline.version;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which version is stepped beside the one that serves, from which event time on: at a time the
 * last shadow that was announced, stands, and whose effective time has come, until the version is
 * announced to serve. A pure function of the announcements and of which shadows were refused.
 * Confined to one thread.
 */
final class ShadowTimeline {
  private final List<Tenure> tenures; // all of them, by place
  private final BitSet standing = new BitSet(); // shadows by place, neither refused nor withdrawn
  private final Map<Integer, Long> ends = new HashMap<>(); // of shadows, as far as asked for
  private int known; // tenures, when these were asked for
  private int withdrew;

  /**
   * None yet.
   *
   * @param tenures those of the model, which grow at their end
   */
  ShadowTimeline(List<Tenure> tenures) {
    this.tenures = tenures;
  }

  void append(Tenure shadow) {
    standing.set(shadow.index());
  }

  /** Lets a shadow be none at any time, or does nothing where a tenure is of none. */
  void refuse(Tenure tenure) {
    standing.clear(tenure.index());
  }

  /** Those that stand. */
  Stream<Tenure> standing() {
    return standing.stream().mapToObj(tenures::get);
  }

  /**
   * The shadow at an event time; of one that has ended none takes its place.
   *
   * @param withdrawn tenures by place that count as never announced
   */
  Optional<Tenure> at(long time, BitSet withdrawn) {
    int index = standing.length() - 1;
    while (index >= 0 && tenures.get(index).effectiveFrom() > time) {
      index = standing.previousSetBit(index - 1);
    }
    return index >= 0 && time < end(index, withdrawn)
        ? Optional.of(tenures.get(index))
        : Optional.empty();
  }

  /** The one that begins next after event time {@code time}; or none. */
  Optional<Tenure> after(long time) {
    Tenure next = null;
    for (int index = standing.length() - 1; index >= 0; ) {
      Tenure tenure = tenures.get(index);
      if (tenure.effectiveFrom() <= time) {
        break; // what came before it is a shadow no more
      }
      if (next == null || tenure.effectiveFrom() < next.effectiveFrom()) {
        next = tenure;
      }
      index = standing.previousSetBit(index - 1);
    }
    return Optional.ofNullable(next);
  }

  /** From when on a shadow's version serves, refused or not; asked for with each observation. */
  private long end(int index, BitSet withdrawn) {
    if (known != tenures.size() || withdrew != withdrawn.cardinality()) {
      known = tenures.size();
      withdrew = withdrawn.cardinality();
      ends.clear();
    }
    return ends.computeIfAbsent(index, place -> firstServed(place, withdrawn));
  }

  private long firstServed(int shadow, BitSet withdrawn) {
    return tenures.subList(shadow + 1, tenures.size()).stream()
        .filter(tenure -> !tenure.shadow() && !withdrawn.get(tenure.index()))
        .filter(tenure -> tenure.exact().equals(tenures.get(shadow).exact()))
        .mapToLong(Tenure::effectiveFrom)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
