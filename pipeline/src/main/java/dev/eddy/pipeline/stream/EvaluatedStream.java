package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.sink.EvaluationSink;
import dev.eddy.connectors.kafka.start.TransactionalIds;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.pending.EvaluateOperatorFactory;
import dev.eddy.pipeline.evaluation.pending.EvaluateSettings;
import dev.eddy.pipeline.evaluation.report.ReportOperatorFactory;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import dev.eddy.pipeline.operator.PredictOperatorFactory;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The part of the job that a deployment with an evaluations topic has more: what was answered is
 * scored when it comes true, in the tasks that answered, and one task reports the windows.
 */
final class EvaluatedStream {
  private EvaluatedStream() {}

  /** Evaluates {@code predictions}. */
  static void add(
      SingleOutputStreamOperator<Prediction> predictions,
      PredictJobSettings settings,
      JobEvaluation evaluation,
      Duration transactionTimeout) {
    KeyedStream<Answered, String> answered =
        DataStreamUtils.reinterpretAsKeyedStream(
            predictions.getSideOutput(PredictOperatorFactory.ANSWERED),
            Answered::key,
            Types.STRING);
    long forgetAfter =
        settings.serving().forgetAfter().map(Duration::toMillis).orElse(Long.MAX_VALUE);
    DataStream<WindowSums> sums =
        answered
            .transform(
                "evaluate",
                WindowSums.TYPE,
                new EvaluateOperatorFactory(
                    new EvaluateSettings(evaluation.settings(), evaluation.targets(), forgetAfter)))
            .uid("evaluate");
    sums.transform(
            "report",
            ReportOperatorFactory.RECORDS,
            new ReportOperatorFactory(evaluation.settings()))
        .uid("report")
        .forceNonParallel()
        .sinkTo(
            EvaluationSink.builder()
                .client(settings.kafka())
                .topic(evaluation.topic())
                .delivery(settings.serving().delivery())
                .transactionTimeout(transactionTimeout)
                .transactionalIdPrefix(TransactionalIds.evaluations(settings.name()))
                .build())
        .setParallelism(1)
        .name("evaluations")
        .uid("evaluations");
  }
}
