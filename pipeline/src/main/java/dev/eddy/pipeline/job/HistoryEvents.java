package dev.eddy.pipeline.job;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Outlook;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.spec.RawOutlook;
import dev.eddy.model.training.KeyHistory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A history has the fields of the deployment's observations, in their order: events as its rows.
 */
final class HistoryEvents {
  private HistoryEvents() {}

  static RawInput raw(Observation observation) {
    return new RawInput(
        observation.time(),
        observation.numeric(),
        observation.categories(),
        raw(observation.future()));
  }

  static RawOutlook raw(Outlook outlook) {
    return new RawOutlook(outlook.time(), raw(outlook.future()));
  }

  private static RawFuture raw(FutureValues future) {
    return new RawFuture(future.when(), future.features(), future.values());
  }

  /** What the stream would see of a key, in the history's order. */
  static Stream<KeyedEvent> of(KeyHistory history) {
    return IntStream.range(0, history.length())
        .boxed()
        .flatMap(
            row ->
                Stream.concat(
                    history.outlooksBefore(row).stream().map(each -> outlook(history, row, each)),
                    Stream.of(observation(history, row))));
  }

  private static KeyedEvent outlook(KeyHistory of, int row, RawOutlook outlook) {
    return new Outlook(of.key(), outlook.time(), values(outlook.future()), 0, row);
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
        row);
  }

  private static FutureValues values(RawFuture future) {
    return new FutureValues(future.when(), future.features(), future.values());
  }
}
