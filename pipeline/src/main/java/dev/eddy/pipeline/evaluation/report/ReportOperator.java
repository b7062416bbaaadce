package dev.eddy.pipeline.evaluation.report;

import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.window.OpenWindows;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what all subtasks have scored, and reports each window when event time has closed it
 * everywhere, and a drift that it shows. There is one of it, which so has every window in order.
 */
final class ReportOperator extends AbstractStreamOperator<Tuple2<String, byte[]>>
    implements OneInputStreamOperator<WindowSums, Tuple2<String, byte[]>> {
  private static final long serialVersionUID = 1L;

  private static final int MOST_FORECASTS = 500; // of a record, which brokers limit

  private final OpenWindows windows;
  private final DriftWatch watch;
  private final Counter drifts;
  private final Counter late;

  // Read by metric reporters.
  private volatile int drifted;
  private volatile double statistic;

  // Flink calls initializeState before anything else.
  @SuppressWarnings("NullAway.Init")
  private ListState<WindowSums> openSums;

  @SuppressWarnings("NullAway.Init")
  private ListState<byte[]> watched;

  ReportOperator(
      StreamOperatorParameters<Tuple2<String, byte[]>> parameters, EvaluationSettings settings) {
    super(parameters);
    windows = new OpenWindows(settings);
    watch = new DriftWatch(settings);
    MetricGroup group = getMetricGroup().addGroup("eddy");
    drifts = group.counter("drifts");
    late = group.counter("late-scores");
    group.gauge("drifted", () -> drifted);
    group.gauge("drift-statistic", () -> statistic);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    openSums =
        store.getListState(
            new ListStateDescriptor<>(
                "open-windows",
                WindowSums.TYPE.createSerializer(getExecutionConfig().getSerializerConfig())));
    watched =
        store.getListState(
            new ListStateDescriptor<>("drift", BytePrimitiveArraySerializer.INSTANCE));
    windows.restore(openSums.get());
    for (byte[] each : watched.get()) {
      watch.read(each);
    }
    show();
  }

  @Override
  public void processElement(StreamRecord<WindowSums> element) {
    WindowSums sums = element.getValue();
    if (windows.isLate(sums.window())) {
      late.inc(sums.count());
    }
    windows.add(sums);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    SortedMap<Long, List<WindowSums>> closed = new TreeMap<>();
    windows
        .close(mark.getTimestamp())
        .forEach(
            sums -> closed.computeIfAbsent(sums.window(), start -> new ArrayList<>()).add(sums));
    closed.values().forEach(this::report);
    super.processWatermark(mark);
  }

  private void report(List<WindowSums> window) {
    for (WindowSums sums : window) {
      for (Scores scores : new ScoresOf(sums).scores(windows.length()).parts(MOST_FORECASTS)) {
        send(scores, sums.window());
      }
    }
    watch
        .add(window)
        .ifPresent(
            drift -> {
              drifts.inc();
              LOG.warn(
                  "model {}: drift since {}: its error has come from {} to {} of the naive one's",
                  drift.model(),
                  Instant.ofEpochMilli(drift.since()),
                  drift.before(),
                  drift.after());
              send(drift, drift.since());
            });
    show();
  }

  private void show() {
    drifted = watch.drifted() ? 1 : 0;
    statistic = watch.statistic();
  }

  private void send(EvaluationRecord record, long time) {
    output.collect(
        new StreamRecord<>(Tuple2.of(record.model(), EvaluationJson.write(record)), time));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    openSums.update(windows.copies());
    watched.update(List.of(watch.write()));
  }
}
