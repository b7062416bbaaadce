package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawFutureUpdate;
import dev.eddy.model.spec.RawInput;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns events into the rows of a history and back. A history has the fields of the deployment's
 * observations, in their order.
 */
public final class HistoryEvents {
  private HistoryEvents() {}

  static RawInput raw(Observation observation) {
    return new RawInput(
        observation.time(),
        observation.numeric(),
        observation.categories(),
        raw(observation.future()));
  }

  static RawFutureUpdate raw(FutureUpdate futureUpdate) {
    return new RawFutureUpdate(futureUpdate.time(), raw(futureUpdate.future()));
  }

  private static RawFuture raw(FutureValues future) {
    return new RawFuture(future.when(), future.features(), future.values());
  }

  /** What the stream would see of a key, in the history's order. */
  public static Stream<KeyedEvent> of(KeyHistory history) {
    return IntStream.range(0, history.length())
        .boxed()
        .flatMap(
            row ->
                Stream.concat(
                    history.futureUpdatesBefore(row).stream()
                        .map(each -> futureUpdate(history, row, each)),
                    Stream.of(observation(history, row))));
  }

  private static KeyedEvent futureUpdate(KeyHistory of, int row, RawFutureUpdate futureUpdate) {
    return new FutureUpdate(of.key(), futureUpdate.time(), values(futureUpdate.future()), 0, row);
  }

  private static KeyedEvent observation(KeyHistory of, int row) {
    RawInput input = of.inputs().get(row);
    return new Observation(
        of.key(),
        input.time(),
        input.numeric(),
        input.categories(),
        of.labels()[row],
        values(input.future()),
        0,
        row,
        of.recordTimes()[row]);
  }

  private static FutureValues values(RawFuture future) {
    return new FutureValues(future.when(), future.features(), future.values());
  }
}
