package dev.eddy.pipeline.evaluation.label;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.pipeline.evaluation.Answered;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the {@link LabelOperator} of each subtask. */
public final class LabelOperatorFactory extends AbstractStreamOperatorFactory<Answered>
    implements TwoInputStreamOperatorFactory<Answered, KeyedEvent, Answered> {
  private static final long serialVersionUID = 1L;

  private final long waitMillis;

  /**
   * For one deployment.
   *
   * @param wait how long a prediction and a label wait for each other, in event time
   */
  public LabelOperatorFactory(Duration wait) {
    waitMillis = wait.toMillis();
  }

  // Flink's interface leaves the type to the caller; its own factories cast alike.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <T extends StreamOperator<Answered>> T createStreamOperator(
      StreamOperatorParameters<Answered> parameters) {
    return (T) new LabelOperator(parameters, waitMillis);
  }

  // Raw in Flink's interface.
  @SuppressWarnings("rawtypes")
  @Override
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return LabelOperator.class;
  }
}
