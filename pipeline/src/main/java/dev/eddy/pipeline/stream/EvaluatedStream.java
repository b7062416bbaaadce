package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.connectors.kafka.sink.EvaluationSink;
import dev.eddy.connectors.kafka.start.TransactionalIds;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.label.LabelOperatorFactory;
import dev.eddy.pipeline.evaluation.pending.EvaluateOperatorFactory;
import dev.eddy.pipeline.evaluation.pending.EvaluateSettings;
import dev.eddy.pipeline.evaluation.report.ReportOperatorFactory;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import dev.eddy.pipeline.operator.PredictOperatorFactory;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The part of the job that a deployment with an evaluations topic has more: what was answered is
 * scored when it comes true, in the tasks that answered, and one task reports the windows.
 */
final class EvaluatedStream {
  private static final Duration IDLENESS = Duration.ofSeconds(10);
  // The most of each: what waits is in time, keys that are behind have less left.
  private static final Duration LONGEST = Duration.ofDays(365);

  private EvaluatedStream() {}

  /**
   * Evaluates {@code predictions}.
   *
   * @return dead letters of the labels' topic, where there is one
   */
  static Optional<DataStream<DeadLetter>> add(
      StreamExecutionEnvironment env,
      SingleOutputStreamOperator<Prediction> predictions,
      PredictJobSettings settings,
      JobEvaluation evaluation,
      Duration transactionTimeout) {
    KeyedStream<Answered, String> answered =
        DataStreamUtils.reinterpretAsKeyedStream(
            predictions.getSideOutput(PredictOperatorFactory.ANSWERED),
            Answered::key,
            Types.STRING);
    Optional<SingleOutputStreamOperator<KeyedEvent>> labels =
        evaluation.labels().map(each -> labels(env, settings, each));
    KeyedStream<Answered, String> known =
        labels.map(each -> labelled(answered, each, evaluation)).orElse(answered);
    long forgetAfter =
        settings.serving().forgetAfter().map(Duration::toMillis).orElse(Long.MAX_VALUE);
    EvaluationSettings windows = windows(evaluation);
    DataStream<WindowSums> sums =
        known
            .transform(
                "evaluate",
                WindowSums.TYPE,
                new EvaluateOperatorFactory(
                    new EvaluateSettings(windows, evaluation.targets(), forgetAfter)))
            .uid("evaluate");
    sums.transform("report", ReportOperatorFactory.RECORDS, new ReportOperatorFactory(windows))
        .uid("report")
        .forceNonParallel()
        .sinkTo(
            EvaluationSink.builder()
                .client(settings.kafka())
                .topic(evaluation.topic())
                .delivery(Delivery.EXACTLY_ONCE) // one that came again would count twice
                .transactionTimeout(transactionTimeout)
                .transactionalIdPrefix(TransactionalIds.evaluations(settings.name()))
                .build())
        .setParallelism(1)
        .name("evaluations")
        .uid("evaluations");
    return labels.map(each -> each.getSideOutput(DeadLetterSplit.UNDECODABLE));
  }

  /**
   * Windows are open for as long as a prediction may wait for its label, or one without would count
   * in a later window.
   */
  static EvaluationSettings windows(JobEvaluation evaluation) {
    EvaluationSettings given = evaluation.settings();
    if (evaluation.labels().isEmpty()) {
      return given;
    }
    Duration lateness = given.lateness().plus(given.labelWait());
    return new EvaluationSettings(
        given.window(),
        lateness.compareTo(LONGEST) < 0 ? lateness : LONGEST,
        given.labelWait(),
        given.drift());
  }

  private static SingleOutputStreamOperator<KeyedEvent> labels(
      StreamExecutionEnvironment env, PredictJobSettings settings, JobEvaluation.Labels labels) {
    ObservationSource source =
        ObservationSource.builder()
            .client(settings.kafka())
            .topic(labels.topic())
            .setting("topics.labels")
            .schema(labels.schema())
            .maxAhead(settings.maxAhead());
    if (settings.bounded()) {
      source.bounded();
    }
    return env.fromSource(
            source.build(),
            EventTime.observations(Duration.ZERO, IDLENESS),
            "labels",
            EventTypes.DECODED)
        .uid("labels")
        .process(new DeadLetterSplit())
        .returns(EventTypes.KEYED_EVENT)
        .name("labels-split")
        .uid("labels-split");
  }

  private static KeyedStream<Answered, String> labelled(
      KeyedStream<Answered, String> answered,
      DataStream<KeyedEvent> labels,
      JobEvaluation evaluation) {
    SingleOutputStreamOperator<Answered> joined =
        answered
            .connect(labels.keyBy(KeyedEvent::key, Types.STRING))
            .transform(
                "label", Answered.TYPE, new LabelOperatorFactory(evaluation.settings().labelWait()))
            .uid("label");
    return DataStreamUtils.reinterpretAsKeyedStream(joined, Answered::key, Types.STRING);
  }
}
