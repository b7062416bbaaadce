package dev.eddy.benchmarks.measure;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.EventTime;
import dev.eddy.connectors.kafka.ObservationSource;
import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.kafka.sink.PredictionSink;
import dev.eddy.connectors.kafka.start.PredictionWriter;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.pipeline.deployment.ServingSettings;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.stream.JobEvaluation;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobDefaults;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.store.TrustedStores;
import dev.eddy.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * the model taken out, over the same topic: {@code <million events> <rounds> [rocksdb] [avro]}. The
 * job runs without keys' recent inputs, with them, and with a version that takes over half-way and
 * leads every key through them, and with its predictions scored in the stream; with {@code avro}
 * beside the same with Avro in place of JSON.
 */
final class Throughput {
  private static final String NAME = "throughput";
  private static final String EVALUATIONS = "-evaluations";
  private static final int KEYS = 10_000;
  private static final int PARALLELISM = 2;

  private final EmbeddedKafka kafka;
  private final Path directory;
  private final String stateBackend;
  private final RecordForm form;
  private final String name;
  private final TopicSettings topics;
  private final TopicSettings swapping; // the same, another version from their middle on

  private Throughput(EmbeddedKafka kafka, Path directory, String stateBackend, RecordForm form) {
    this.kafka = kafka;
    this.directory = directory;
    this.stateBackend = stateBackend;
    this.form = form;
    this.name = NAME + "-" + form.name();
    this.topics = TopicSettings.named(name);
    this.swapping =
        new TopicSettings(
            topics.observations(),
            topics.predictions(),
            topics.models() + "-swapping",
            topics.deadLetters(),
            PARALLELISM);
  }

  public static void main(String[] arguments) throws Exception {
    int events = (int) (1_000_000 * Double.parseDouble(arguments[0]));
    int rounds = Integer.parseInt(arguments[1]);
    System.out.println(RecordCost.processor());
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      List<String> words = List.of(arguments);
      String stateBackend = words.contains("rocksdb") ? "rocksdb" : "hashmap";
      List<Throughput> forms = new ArrayList<>();
      for (RecordForm form : forms(words.contains("avro"))) {
        Path directory = Files.createTempDirectory("eddy-throughput");
        Throughput throughput = new Throughput(kafka, directory, stateBackend, form);
        throughput.prepare(events);
        forms.add(throughput);
      }
      for (int round = 0; round < rounds; round++) {
        for (Throughput each : forms) {
          String of = ", " + each.form.name();
          report("pass-through" + of, events, each::passThrough);
          report("carry" + of, events, () -> each.eddy(SwapPolicy.CARRY, each.topics, false));
          report("rewarm" + of, events, () -> each.eddy(SwapPolicy.REWARM, each.topics, false));
          report("evaluating" + of, events, () -> each.eddy(SwapPolicy.REWARM, each.topics, true));
          report("swapping" + of, events, () -> each.eddy(SwapPolicy.REWARM, each.swapping, false));
        }
      }
    }
    System.exit(0);
  }

  private static List<RecordForm> forms(boolean avro) {
    return avro
        ? List.of(RecordForm.json(), RecordForm.avro(OutputSettings.Format.NESTED))
        : List.of(RecordForm.json());
  }

  private void prepare(int events) {
    try (Topics admin = Topics.connect(kafka.client())) {
      for (String topic :
          List.of(topics.observations(), topics.predictions(), topics.deadLetters())) {
        admin.create(topic, PARALLELISM);
      }
      admin.create(name + EVALUATIONS, 1);
      admin.createModels(topics.models());
      admin.createModels(swapping.models());
    }
    Path store = directory.resolve("store");
    Announcement first = RandomModel.publish(store, name, Long.MIN_VALUE);
    Announcement second = RandomModel.publish(store, name, 1000L * (events / KEYS / 2));
    AnnouncementPublisher.publish(kafka.client(), topics.models(), first);
    AnnouncementPublisher.publish(kafka.client(), swapping.models(), first);
    AnnouncementPublisher.publish(kafka.client(), swapping.models(), second);
    try (ObservationPublisher publisher =
        new ObservationPublisher(
            kafka.client(), topics.observations(), form.observations(), line -> {})) {
      Random random = new Random(1);
      for (int event = 0; event < events; event++) {
        double[] values = {RecordCost.value(random), RecordCost.value(random)};
        publisher.send(
            new Observation(
                "key " + event % KEYS, 1000L * (event / KEYS), values, new String[0], null, 0, 0));
      }
      publisher.flush();
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
        "%-18s %.1f s, %.0f events/s, %.0f ns of CPU an event, broker included%n",
        name, seconds, events / seconds, (double) (cpuNanos() - startCpu) / events);
  }

  /** Says more than wall time does on a busy machine. */
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private PredictJobSettings job(SwapPolicy swap, TopicSettings topics, boolean evaluating) {
    JobEvaluation evaluation =
        new JobEvaluation(
            name + EVALUATIONS, EvaluationSettings.defaults(), List.of("load"), Optional.empty());
    return new PredictJobSettings(
        name,
        name,
        TrustedStores.asAnnounced(),
        kafka.client(),
        topics,
        form.observations(),
        Duration.ofDays(1),
        Duration.ZERO,
        Optional.empty(),
        Settings.of(ServingSettings.class, Map.of("swap", swap)),
        form.predictions(),
        evaluating ? Optional.of(evaluation) : Optional.empty(),
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

  private void eddy(SwapPolicy swap, TopicSettings topics, boolean evaluating) throws Exception {
    StreamExecutionEnvironment env = environment();
    PredictJob.build(env, job(swap, topics, evaluating));
    env.execute();
  }

  private void passThrough() throws Exception {
    StreamExecutionEnvironment env = environment();
    env.configure(
        PredictJobDefaults.missingFrom(
            env.getConfiguration(), job(SwapPolicy.CARRY, topics, false)));
    events(env)
        .keyBy(KeyedEvent::key, Types.STRING)
        .process(new Touch())
        .returns(EventTypes.PREDICTION)
        .uid("touch")
        .sinkTo(
            PredictionSink.builder(form.predictions(), new PredictionWriter(name, ""))
                .client(kafka.client())
                .topic(topics.predictions())
                .transactionalIdPrefix("pass-through-" + name)
                .build())
        .uid("predictions");
    env.execute();
  }

  private DataStream<KeyedEvent> events(StreamExecutionEnvironment env) {
    return env.fromSource(
            ObservationSource.builder()
                .client(kafka.client())
                .topic(topics.observations())
                .schema(form.observations())
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
