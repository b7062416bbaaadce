package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.kafka.PredictionSink;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.spec.CellType;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A glance at the cost of the model: events per second of the streaming job and of the same job
 * with the model taken out, over the same topic. Not a test; run by hand: {@code Throughput
 * <million events> <rounds>}.
 */
final class Throughput {
  private static final int KEYS = 10_000;
  private static final int PARALLELISM = 2;

  private Throughput() {}

  public static void main(String[] arguments) throws Exception {
    int events = (int) (1_000_000 * Double.parseDouble(arguments[0]));
    int rounds = Integer.parseInt(arguments[1]);
    Path directory = Files.createTempDirectory("eddy-throughput");
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TestDeployment deployment = TestDeployment.named(kafka.client(), "throughput");
      TestModels models = new TestModels(directory.resolve("store"));
      deployment.announce(
          models.announce(
              models.publish(TestModels.spec(CellType.SRU, 2, 64, List.of("load", "wind")), 1)));
      fill(deployment, events);
      for (int round = 0; round < rounds; round++) {
        report("pass-through", events, () -> passThrough(deployment, kafka, directory));
        report("eddy", events, () -> eddy(deployment, directory));
      }
    }
    System.exit(0);
  }

  private static void fill(TestDeployment deployment, int events) {
    int keysAhead = 0;
    for (int done = 0; done < events; done += KEYS) {
      List<Observation> observations = new ArrayList<>();
      for (int key = 0; key < KEYS; key++) {
        observations.add(TestModels.observation("key " + key, 1000L * keysAhead, 0));
      }
      keysAhead++;
      deployment.observe(observations);
    }
  }

  private interface Job {
    void run() throws Exception;
  }

  private static void report(String name, int events, Job job) throws Exception {
    long start = System.nanoTime();
    long startCpu = cpuNanos();
    job.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-12s %.1f s, %.0f events/s, %.0f ns of CPU an event, broker included%n",
        name, seconds, events / seconds, (double) (cpuNanos() - startCpu) / events);
  }

  /** Says more than wall time does on a busy machine. */
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static Configuration settings(Path directory) {
    Configuration flink = TestCluster.settings(directory.resolve("chk"), PARALLELISM, "hashmap");
    flink.setString("execution.checkpointing.interval", "10 s");
    return flink;
  }

  private static void eddy(TestDeployment deployment, Path directory) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, settings(directory));
    PredictJob.build(env, deployment.settings(true));
    env.execute();
  }

  private static void passThrough(TestDeployment deployment, EmbeddedKafka kafka, Path directory)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, settings(directory));
    PredictJobSettings settings = deployment.settings(true);
    env.configure(PredictJobDefaults.missingFrom(env.getConfiguration(), settings));
    env.fromSource(
            ObservationSource.builder()
                .client(kafka.client())
                .topic(deployment.topics().observations())
                .schema(TestModels.SCHEMA)
                .bounded()
                .build(),
            EventTime.<Decoded>observations(Duration.ZERO, Duration.ofSeconds(10)),
            "observations",
            EventTypes.DECODED)
        .uid("observations")
        .process(new DeadLetterSplit())
        .returns(EventTypes.KEYED_EVENT)
        .uid("split")
        .keyBy(KeyedEvent::key, Types.STRING)
        .process(new Touch())
        .returns(EventTypes.PREDICTION)
        .uid("touch")
        .sinkTo(
            PredictionSink.builder()
                .client(kafka.client())
                .topic(deployment.topics().predictions())
                .transactionalIdPrefix("pass-through")
                .build())
        .uid("predictions");
    env.execute();
  }

  private static final class Touch extends KeyedProcessFunction<String, KeyedEvent, Prediction> {
    private static final PredictionShape SHAPE =
        new PredictionShape.Forecast(
            "none@1", List.of("load"), List.of(1, 3), List.of(0.1, 0.5, 0.9), 0);
    private transient ValueState<Long> count;

    @Override
    public void open(org.apache.flink.api.common.functions.OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(KeyedEvent event, Context context, Collector<Prediction> out)
        throws Exception {
      Observation observation = (Observation) event; // nobody sends future updates here
      Long before = count.value();
      count.update(before == null ? 1 : before + 1);
      float load = observation.numeric()[0];
      out.collect(
          new Prediction(
              observation.key(),
              observation.time(),
              observation.partition(),
              observation.offset(),
              SHAPE,
              new float[] {load - 1, load, load + 1, load - 2, load, load + 2}));
    }
  }
}
