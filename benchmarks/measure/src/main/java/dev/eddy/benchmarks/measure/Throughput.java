package dev.eddy.benchmarks.measure;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.kafka.PredictionSink;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.pipeline.deployment.ServingSettings;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobDefaults;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Measures the cost of the model: events per second of the streaming job and of the same job with
 * the model taken out, over the same topic: {@code <million events> <rounds> [hashmap|rocksdb]}.
 * The job runs without keys' recent inputs, with them, and with a version that takes over half-way
 * and leads every key through them.
 */
final class Throughput {
  private static final String NAME = "throughput";
  private static final int KEYS = 10_000;
  private static final int PARALLELISM = 2;
  private static final int PARTITIONS = PARALLELISM;
  private static final TopicSettings TOPICS = TopicSettings.named(NAME);

  /** The same observations, and another version from the middle of them on. */
  private static final TopicSettings SWAPPING =
      new TopicSettings(
          TOPICS.observations(),
          TOPICS.predictions(),
          TOPICS.models() + "-swapping",
          TOPICS.deadLetters(),
          PARTITIONS);

  private final EmbeddedKafka kafka;
  private final Path directory;
  private final String stateBackend;

  private Throughput(EmbeddedKafka kafka, Path directory, String stateBackend) {
    this.kafka = kafka;
    this.directory = directory;
    this.stateBackend = stateBackend;
  }

  public static void main(String[] arguments) throws Exception {
    int events = (int) (1_000_000 * Double.parseDouble(arguments[0]));
    int rounds = Integer.parseInt(arguments[1]);
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      Throughput throughput =
          new Throughput(
              kafka,
              Files.createTempDirectory("eddy-throughput"),
              arguments.length > 2 ? arguments[2] : "hashmap");
      throughput.prepare(events);
      for (int round = 0; round < rounds; round++) {
        report("pass-through", events, throughput::passThrough);
        report("carry", events, () -> throughput.eddy(SwapPolicy.CARRY, TOPICS));
        report("rewarm", events, () -> throughput.eddy(SwapPolicy.REWARM, TOPICS));
        report("swapping", events, () -> throughput.eddy(SwapPolicy.REWARM, SWAPPING));
      }
    }
    System.exit(0);
  }

  private void prepare(int events) {
    try (Topics admin = Topics.connect(kafka.client())) {
      for (String topic :
          List.of(TOPICS.observations(), TOPICS.predictions(), TOPICS.deadLetters())) {
        admin.create(topic, PARALLELISM);
      }
      admin.createModels(TOPICS.models());
      admin.createModels(SWAPPING.models());
    }
    Path store = directory.resolve("store");
    Announcement first = RandomModel.publish(store, NAME, Long.MIN_VALUE);
    Announcement second = RandomModel.publish(store, NAME, 1000L * (events / KEYS / 2));
    AnnouncementPublisher.publish(kafka.client(), TOPICS.models(), first);
    AnnouncementPublisher.publish(kafka.client(), SWAPPING.models(), first);
    AnnouncementPublisher.publish(kafka.client(), SWAPPING.models(), second);
    try (ObservationPublisher publisher =
        new ObservationPublisher(
            kafka.client(), TOPICS.observations(), RandomModel.SCHEMA, line -> {})) {
      Random random = new Random(1);
      for (int event = 0; event < events; event++) {
        double[] values = {value(random), value(random)};
        publisher.send(
            new Observation(
                "key " + event % KEYS, 1000L * (event / KEYS), values, new String[0], null, 0, 0));
      }
      publisher.flush();
    }
  }

  /** With as many digits as measured values have. */
  private static double value(Random random) {
    return Math.rint(1e6 * (10 + 4 * random.nextGaussian())) / 1e6;
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

  private PredictJobSettings job(SwapPolicy swap, TopicSettings topics) {
    return new PredictJobSettings(
        NAME,
        NAME,
        kafka.client(),
        topics,
        RandomModel.SCHEMA,
        Duration.ofDays(1),
        Settings.of(ServingSettings.class, Map.of("swap", swap)),
        OutputSettings.defaults(),
        true);
  }

  private StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.createLocalEnvironment(
        PARALLELISM,
        Configuration.fromMap(
            Map.of(
                "state.backend.type",
                stateBackend,
                "execution.checkpointing.interval",
                "10 s",
                "execution.checkpointing.dir",
                directory.resolve("chk").toUri().toString())));
  }

  private void eddy(SwapPolicy swap, TopicSettings topics) throws Exception {
    StreamExecutionEnvironment env = environment();
    PredictJob.build(env, job(swap, topics));
    env.execute();
  }

  private void passThrough() throws Exception {
    StreamExecutionEnvironment env = environment();
    env.configure(
        PredictJobDefaults.missingFrom(env.getConfiguration(), job(SwapPolicy.CARRY, TOPICS)));
    events(env)
        .keyBy(KeyedEvent::key, Types.STRING)
        .process(new Touch())
        .returns(EventTypes.PREDICTION)
        .uid("touch")
        .sinkTo(
            PredictionSink.builder()
                .client(kafka.client())
                .topic(TOPICS.predictions())
                .transactionalIdPrefix("pass-through")
                .build())
        .uid("predictions");
    env.execute();
  }

  private DataStream<KeyedEvent> events(StreamExecutionEnvironment env) {
    return env.fromSource(
            ObservationSource.builder()
                .client(kafka.client())
                .topic(TOPICS.observations())
                .schema(RandomModel.SCHEMA)
                .bounded()
                .build(),
            EventTime.observations(Duration.ZERO, Duration.ofSeconds(10)),
            "observations",
            EventTypes.DECODED)
        .uid("observations")
        .map(KeyedEvent.class::cast) // nobody sends what cannot be decoded here
        .returns(EventTypes.KEYED_EVENT)
        .uid("split");
  }

  /** Does with state what the operator does, without a model. */
  private static final class Touch extends KeyedProcessFunction<String, KeyedEvent, Prediction> {
    private static final PredictionShape SHAPE =
        new PredictionShape.Forecast(
            "none@1", List.of("load"), List.of(1, 3), List.of(0.1, 0.5, 0.9), 0);

    @SuppressWarnings("NullAway.Init") // Flink opens it first
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(KeyedEvent event, Context context, Collector<Prediction> out)
        throws Exception {
      Observation observation = (Observation) event; // nobody sends future updates here
      Long before = count.value();
      count.update(before == null ? 1 : before + 1);
      double load = observation.numeric()[0];
      out.collect(
          new Prediction(
              observation.key(),
              observation.time(),
              observation.partition(),
              observation.offset(),
              SHAPE,
              new double[] {load - 1, load, load + 1, load - 2, load, load + 2}));
    }
  }
}
