package dev.eddy.pipeline.check.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A small job whose tasks, one in each free slot, look at what the streaming job's would meet. */
public final class ProbeJob {
  private static final String SEEN = "seen";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ProbeJob() {}

  /**
   * Runs it.
   *
   * @param environment of the cluster
   * @param slots how many tasks there shall be
   * @return what each task manager that has a free slot has seen
   * @throws TimeoutException when it has not ended within a minute, and so has found no slots
   * @throws Exception when it has failed
   */
  public static List<Probe.Seen> run(StreamExecutionEnvironment environment, Probe probe, int slots)
      throws Exception {
    environment.setParallelism(slots);
    environment
        .fromSequence(1, slots)
        .map(new Look(probe))
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>());
    JobClient job = environment.executeAsync("eddy check");
    try {
      List<Probe.Seen> all =
          job.getJobExecutionResult()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .getAccumulatorResult(SEEN);
      Map<String, Probe.Seen> each = new LinkedHashMap<>();
      all.forEach(seen -> each.putIfAbsent(seen.taskManager(), seen));
      return new ArrayList<>(each.values());
    } catch (TimeoutException e) {
      TimeoutException late =
          new TimeoutException("a small job found no slots within " + PATIENCE.toSeconds() + " s");
      cancel(job, late);
      throw late;
    }
  }

  private static void cancel(JobClient job, Exception why) throws InterruptedException {
    try {
      job.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) { // as slow as the job itself was
      why.addSuppressed(e);
    }
  }

  /** Looks when its task begins. */
  private static final class Look extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    private final Probe probe;

    Look(Probe probe) {
      this.probe = probe;
    }

    @Override
    public void open(OpenContext context) {
      ListAccumulator<Probe.Seen> seen = new ListAccumulator<>();
      getRuntimeContext().addAccumulator(SEEN, seen);
      Map<String, String> names = getRuntimeContext().getMetricGroup().getAllVariables();
      seen.add(probe.look(names.getOrDefault("<tm_id>", names.getOrDefault("<host>", "?"))));
    }

    @Override
    public Long map(Long value) {
      return value;
    }
  }
}
