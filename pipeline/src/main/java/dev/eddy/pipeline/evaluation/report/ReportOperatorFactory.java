package dev.eddy.pipeline.evaluation.report;

import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link ReportOperator}; its parallelism is 1. */
public final class ReportOperatorFactory
    extends AbstractStreamOperatorFactory<Tuple2<String, byte[]>>
    implements OneInputStreamOperatorFactory<WindowSums, Tuple2<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  /** What it sends: a record's key and value. */
  public static final TypeInformation<Tuple2<String, byte[]>> RECORDS =
      Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final EvaluationSettings settings;

  public ReportOperatorFactory(EvaluationSettings settings) {
    this.settings = settings;
  }

  // Flink's interface leaves the type to the caller; its own factories cast alike.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <T extends StreamOperator<Tuple2<String, byte[]>>> T createStreamOperator(
      StreamOperatorParameters<Tuple2<String, byte[]>> parameters) {
    return (T) new ReportOperator(parameters, settings);
  }

  // Raw in Flink's interface.
  @SuppressWarnings("rawtypes")
  @Override
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return ReportOperator.class;
  }
}
