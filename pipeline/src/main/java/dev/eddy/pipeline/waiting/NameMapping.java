package dev.eddy.pipeline.waiting;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings events from the places of some features to those of others, by name: a feature that is new
 * is missing, one that is gone is left out, and so is what was told of one that is no longer told
 * ahead. As records are read that hold other fields than a deployment names.
 */
final class NameMapping {
  private static final int NONE = -1;

  private final EventNames from;
  private final EventNames to;
  private final int[] numeric; // [to's], place among from's, or NONE
  private final int[] categorical; // [to's], place among from's, or NONE
  private final int[] future; // [from's numeric], place among to's of what is told ahead, or NONE

  NameMapping(EventNames from, EventNames to) {
    this.from = from;
    this.to = to;
    numeric = places(to.numeric(), from.numeric());
    categorical = places(to.categorical(), from.categorical());
    future =
        from.numeric().stream()
            .mapToInt(name -> to.future().contains(name) ? to.numeric().indexOf(name) : NONE)
            .toArray();
  }

  private static int[] places(List<String> wanted, List<String> known) {
    return wanted.stream().mapToInt(known::indexOf).toArray();
  }

  /** Whether what an event tells ahead counts as the others are told: by time, or by place. */
  boolean tellsAlike(KeyedEvent event) {
    return from.byTime() == to.byTime() || map(event.future()).size() == 0;
  }

  /** Whether an event holds values, none of which is of a feature that is left. */
  boolean leavesNothing(KeyedEvent event) {
    return event instanceof Observation observation
        && !isEmpty(observation.numeric(), observation.categories())
        && isEmpty(numeric(observation), categories(observation));
  }

  private static boolean isEmpty(double[] numeric, @Nullable String[] categories) {
    return Arrays.stream(numeric).allMatch(Double::isNaN)
        && Arrays.stream(categories).allMatch(Objects::isNull);
  }

  KeyedEvent map(KeyedEvent event) {
    if (event instanceof Observation of) {
      return new Observation(
          of.key(),
          of.time(),
          numeric(of),
          categories(of),
          Objects.equals(from.label(), to.label()) ? of.label() : null,
          map(of.future()),
          of.partition(),
          of.offset(),
          of.recordTime());
    }
    return new FutureUpdate(
        event.key(), event.time(), map(event.future()), event.partition(), event.offset());
  }

  private double[] numeric(Observation observation) {
    return Arrays.stream(numeric)
        .mapToDouble(place -> place == NONE ? Double.NaN : observation.numeric()[place])
        .toArray();
  }

  private @Nullable String[] categories(Observation observation) {
    @Nullable String[] mapped = new @Nullable String[categorical.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = categorical[i] == NONE ? null : observation.categories()[categorical[i]];
    }
    return mapped;
  }

  private FutureValues map(FutureValues told) {
    int[] left =
        IntStream.range(0, told.size()).filter(i -> future[told.features()[i]] != NONE).toArray();
    if (left.length == 0) {
      return FutureValues.NONE;
    }
    FutureValues mapped =
        new FutureValues(new long[left.length], new int[left.length], new double[left.length]);
    for (int i = 0; i < left.length; i++) {
      mapped.when()[i] = told.when()[left[i]];
      mapped.features()[i] = future[told.features()[left[i]]];
      mapped.values()[i] = told.values()[left[i]];
    }
    return mapped;
  }
}
