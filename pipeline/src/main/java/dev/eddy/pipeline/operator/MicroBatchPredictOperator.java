package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.pipeline.evaluation.Answered;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyCounts;
import dev.eddy.pipeline.version.AnnouncementLog;
import dev.eddy.pipeline.version.ModelCache;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.settings.UserMistake;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Turns each keyed observation (input 1) into one prediction, stepping observations of many keys
 * together; takes in future updates between them, which yield nothing; learns of new model versions
 * from broadcast announcements (input 2).
 *
 * <p>Events are buffered, and observations stepped, when the {@link BatchTrigger} says so, before a
 * watermark or an idle status is passed on, before a checkpoint barrier, and at the end of the
 * input. So the buffer is never state, and nobody downstream can tell that it exists. Input 2 holds
 * back neither watermarks nor the end of the job.
 */
final class MicroBatchPredictOperator extends AbstractStreamOperator<Prediction>
    implements TwoInputStreamOperator<KeyedEvent, Announcement, Prediction>, BoundedMultiInput {
  private static final long serialVersionUID = 1L;

  /** Where observations go that could not be stepped. */
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", EventTypes.DEAD_LETTER);

  /** What happened and what was answered to it, for who evaluates. */
  static final OutputTag<Answered> ANSWERED = new OutputTag<>("answered", Answered.TYPE);

  private static final long REREAD_MILLIS = 5000;

  private final PredictSettings settings;
  private final AnnouncementLog log;
  private final MailboxExecutor mailbox;
  private final PredictMetrics predictMetrics;
  private final ModelVersions versions;
  private final BatchTrigger trigger;

  // Flink calls initializeState before anything else.
  @SuppressWarnings("NullAway.Init")
  private OperatorState operatorState;

  @SuppressWarnings("NullAway.Init")
  private ObservationBatch batch;

  @SuppressWarnings("NullAway.Init")
  private BatchOutput sent;

  @SuppressWarnings("NullAway.Init")
  private SilentKeys silentKeys;

  @SuppressWarnings("NullAway.Init")
  private KeyCounts keys;

  private volatile @Nullable ExactModel serving; // at the time that was reached; for the metrics
  private long newestTime; // of the observations that were stepped
  private long reachedTime = Long.MIN_VALUE; // by observations or watermarks, for the metrics

  MicroBatchPredictOperator(
      StreamOperatorParameters<Prediction> parameters,
      PredictSettings settings,
      AnnouncementLog log) {
    super(parameters);
    this.settings = settings;
    this.log = log;
    mailbox = parameters.getMailboxExecutor();
    predictMetrics = new PredictMetrics(getMetricGroup(), settings.versions().engine());
    versions = new ModelVersions(settings.versions(), ModelCache.SHARED, predictMetrics);
    trigger =
        new BatchTrigger(
            settings.maxBatch(), settings.lingerMillis(), processingTimeService, this::flush);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    FlinkStates states = new FlinkStates(context.getKeyedStateStore(), this::setCurrentKey);
    batch = new ObservationBatch(settings, versions, states);
    sent = new BatchOutput(output, settings, predictMetrics);
    operatorState = new OperatorState(context.getOperatorStateStore());
    newestTime = operatorState.newestTime();
    operatorState.requireModel(settings.model());
    versions.remember(operatorState.served(), operatorState.undigested());
    restoreKeys(states);
    learnAll();
  }

  private void restoreKeys(FlinkStates states) throws Exception {
    keys = operatorState.keys();
    silentKeys = new SilentKeys(states, settings, versions::identify, keys);
    silentKeys.open(
        getInternalTimerService("silent-keys", VoidNamespaceSerializer.INSTANCE, silentKeys));
    silentKeys.restore(
        getKeyedStateBackend(), operatorState.counted(), operatorState.timed(), newestTime);
    states.listen(silentKeys::observed);
    predictMetrics.keys(keys, () -> serving);
  }

  private void learnAll() throws Exception {
    Set<String> known = operatorState.ids();
    for (Announcement announcement : operatorState.merge(log.read())) {
      learn(announcement, known.contains(announcement.id()));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    try {
      awaitVersion();
    } catch (UserMistake e) {
      throw new SuppressRestartsException(e); // a restart would mend nothing
    }
    tellServing(newestTime);
  }

  /** Also where no observation has come yet: watermarks come everywhere. */
  private void tellServing(long time) {
    reachedTime = Math.max(reachedTime, time);
    prepare();
    serving = versions.due(reachedTime).orElse(null);
    versions.serving(reachedTime).ifPresent(predictMetrics::serving);
    predictMetrics.shadowing(versions.shadowing(reachedTime).orElse(0));
  }

  /** Has what is needed soon loaded before an observation waits for it. */
  private void prepare() {
    for (CompletableFuture<TrainedModel> coming : versions.prepare(reachedTime)) {
      var unused = coming.whenComplete((model, failure) -> decideSoon());
    }
  }

  /**
   * A store that cannot be read, or that has lost all versions, is waited for, or for a new one.
   */
  private void awaitVersion() throws Exception {
    boolean told = false;
    while (!versions.awaitOne()) {
      if (!told) {
        LOG.error(
            "model {}: no version can be read, waiting for one; the last: {}",
            settings.model(),
            versions.lastRefusal());
        told = true;
      }
      Thread.sleep(REREAD_MILLIS);
      learnAll();
      versions.tryAgain();
    }
  }

  // Raw in the class that it overrides.
  @SuppressWarnings("rawtypes")
  @Override
  public void setKeyContextElement1(StreamRecord record) {
    // The key is set where its state is touched, once per flush instead of once per observation.
  }

  @Override
  public void processElement1(StreamRecord<KeyedEvent> element) throws Exception {
    batch.add(element.getValue());
    trigger.onEvent();
  }

  @Override
  public void processElement2(StreamRecord<Announcement> element) throws Exception {
    learn(element.getValue(), false);
    prepare();
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    flush(FlushReason.WATERMARK);
    tellServing(mark.getTimestamp());
    processWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // Announcements do not tell event time.
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
    if (index == 0) {
      if (status.isIdle()) {
        flush(FlushReason.IDLE);
      }
      output.emitWatermarkStatus(status);
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush(FlushReason.CHECKPOINT);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    operatorState.save(versions.announced(), versions.served(), newestTime);
    operatorState.save(keys, silentKeys.frees());
  }

  @Override
  public void endInput(int inputId) throws Exception {
    if (inputId == 1) {
      flush(FlushReason.END);
    }
  }

  @Override
  public void finish() throws Exception {
    flush(FlushReason.END);
    super.finish();
  }

  @Override
  public void close() throws Exception {
    IOUtils.closeAll(versions, super::close); // each, even where the one before it fails
  }

  /** How many keys are kept, for tests. */
  KeyCounts keys() {
    return keys;
  }

  private void learn(Announcement announcement, boolean knownBefore) {
    OptionalLong from = versions.learn(announcement);
    if (from.isPresent()
        && !knownBefore
        && newestTime > Long.MIN_VALUE
        && from.getAsLong() <= newestTime) {
      predictMetrics.announcedTooLate();
    }
  }

  /** Decides on a loaded version even while no observation asks for it. */
  private void decideSoon() {
    try {
      mailbox.execute(versions::decideLoaded, "decide on model versions");
    } catch (RejectedExecutionException e) {
      LOG.debug("loaded a model version after the task ended");
    }
  }

  private void flush(FlushReason reason) throws Exception {
    if (batch.size() == 0) {
      return;
    }
    long start = System.nanoTime();
    batch.step();
    newestTime = Math.max(newestTime, batch.newestTime());
    tellServing(newestTime);
    predictMetrics.clocksSetBack(batch.clocksSetBack());
    predictMetrics.begunAnew(batch.begunAnew());
    predictMetrics.rewarmed(batch.rewarmed().keys(), batch.rewarmed().steps());
    predictMetrics.promoted(batch.promoted());
    predictMetrics.flushed(
        reason, batch.size(), start - trigger.startNanos(), System.nanoTime() - start);
    sent.send(batch);
    batch.clear();
    versions.release(newestTime);
    trigger.reset();
  }
}
