package dev.eddy.pipeline.job;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.serde.EventTypes;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts observations from records that could not be decoded. */
final class Split extends ProcessFunction<Decoded, Observation> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> UNDECODABLE =
      new OutputTag<>("undecodable", EventTypes.DEAD_LETTER);

  @Override
  public void processElement(Decoded decoded, Context context, Collector<Observation> out) {
    if (decoded instanceof Observation observation) {
      out.collect(observation);
    } else {
      context.output(UNDECODABLE, (DeadLetter) decoded);
    }
  }
}
