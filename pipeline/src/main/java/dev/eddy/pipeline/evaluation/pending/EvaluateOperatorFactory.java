package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link EvaluateOperator} of each subtask. */
public final class EvaluateOperatorFactory extends AbstractStreamOperatorFactory<WindowSums>
    implements OneInputStreamOperatorFactory<Answered, WindowSums> {
  private static final long serialVersionUID = 1L;

  private final EvaluateSettings settings;

  public EvaluateOperatorFactory(EvaluateSettings settings) {
    this.settings = settings;
  }

  // Flink's interface leaves the type to the caller; its own factories cast alike.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <T extends StreamOperator<WindowSums>> T createStreamOperator(
      StreamOperatorParameters<WindowSums> parameters) {
    return (T) new EvaluateOperator(parameters, settings);
  }

  // Raw in Flink's interface.
  @SuppressWarnings("rawtypes")
  @Override
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return EvaluateOperator.class;
  }
}
