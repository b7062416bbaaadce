package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.version.AnnouncementLog;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.util.OutputTag;

/** Makes the {@link MicroBatchPredictOperator} of each subtask. */
public final class PredictOperatorFactory extends AbstractStreamOperatorFactory<Prediction>
    implements TwoInputStreamOperatorFactory<KeyedEvent, Announcement, Prediction> {
  private static final long serialVersionUID = 1L;

  /** The operator's side output: observations that could not be stepped. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS = MicroBatchPredictOperator.DEAD_LETTERS;

  /** The operator's other side output: what happened and what was answered to it. */
  public static final OutputTag<Answered> ANSWERED = MicroBatchPredictOperator.ANSWERED;

  private final PredictSettings settings;
  private final AnnouncementLog log;

  /** For one deployment; {@code log} is read by each subtask when it starts. */
  public PredictOperatorFactory(PredictSettings settings, AnnouncementLog log) {
    this.settings = settings;
    this.log = log;
  }

  // Flink's interface leaves the type to the caller; its own factories cast alike.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <T extends StreamOperator<Prediction>> T createStreamOperator(
      StreamOperatorParameters<Prediction> parameters) {
    return (T) new MicroBatchPredictOperator(parameters, settings, log);
  }

  // Raw in Flink's interface.
  @SuppressWarnings("rawtypes")
  @Override
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return MicroBatchPredictOperator.class;
  }
}
