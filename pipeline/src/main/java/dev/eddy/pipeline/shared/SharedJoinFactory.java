package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.KeyedEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the {@link SharedJoinOperator} of each subtask. */
public final class SharedJoinFactory extends AbstractStreamOperatorFactory<KeyedEvent>
    implements TwoInputStreamOperatorFactory<KeyedEvent, KeyedEvent, KeyedEvent> {
  private static final long serialVersionUID = 1L;

  private final SharedFeatures features;
  private final String topic;
  private final SharedLog log;

  /**
   * For one deployment.
   *
   * @param topic of the observations
   * @param log is read by each subtask when it starts
   */
  public SharedJoinFactory(SharedFeatures features, String topic, SharedLog log) {
    this.features = features;
    this.topic = topic;
    this.log = log;
  }

  // Flink's interface leaves the type to the caller; its own factories cast alike.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <T extends StreamOperator<KeyedEvent>> T createStreamOperator(
      StreamOperatorParameters<KeyedEvent> parameters) {
    return (T) new SharedJoinOperator(parameters, features, topic, log);
  }

  // Raw in Flink's interface.
  @SuppressWarnings("rawtypes")
  @Override
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return SharedJoinOperator.class;
  }
}
