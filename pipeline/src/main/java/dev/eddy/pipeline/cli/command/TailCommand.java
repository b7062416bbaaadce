package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.kafka.client.BrokerWatch;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.JsonText;
import dev.eddy.connectors.serde.value.ValueTokens;
import dev.eddy.pipeline.cli.console.FailureReport;
import dev.eddy.pipeline.cli.tail.TailPrinter;
import dev.eddy.pipeline.cli.tail.TailStart;
import dev.eddy.pipeline.cli.tail.TailedRecord;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eddy tail}: prints the committed records of a topic. */
@Command(
    name = "tail",
    description = {
      "Prints the committed records of a topic, one a line.",
      "Dead letters are shown with their reason and the record's place. What a terminal would obey",
      "is shown as an escape, such as \\u001b.",
      "",
      "  ./eddy tail -c FILE --follow               # predictions of the deployment",
      "  ./eddy tail -c FILE dead-letters --limit 10",
      "  ./eddy tail --bootstrap-server HOST:PORT --from 2026-01-31T12:00:00Z TOPIC",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TailCommand extends EddyCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration REGISTRY = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli requires one of them
  private Brokers brokers;

  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC",
      description = {
        "The topic. With -c it may be a word: predictions, which is meant where none is given,",
        "dead-letters, observations, models, evaluations or labels."
      })
  private @Nullable String topic;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      defaultValue = "beginning",
      description = {
        "beginning, end, the time when a record was written (2026-01-31, 2026-01-31T12:00:00Z),",
        "or PARTITION@OFFSET. Default: ${DEFAULT-VALUE}."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets the default
  private String from;

  @Option(names = "--limit", paramLabel = "N", description = "Ends after so many records.")
  private @Nullable Long limit;

  @Option(names = "--key", description = "Prints the records of this key alone.")
  private @Nullable String key;

  @Option(names = "--follow", description = "Waits for more at the end, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "With --bootstrap-server: the schema registry of the topic's Avro records.")
  private @Nullable String registry;

  private ValueTokens values = new JsonText();

  /** Where the topic is. */
  private static final class Brokers {
    @Option(
        names = "--bootstrap-server",
        required = true,
        paramLabel = "HOST:PORT",
        description = "A broker that asks for no credentials.")
    private @Nullable String server;

    @ArgGroup(exclusive = false)
    private @Nullable DeploymentOption file;
  }

  /** How a user calls it for the predictions of a deployment. */
  static String line(Deployment deployment) {
    return "./eddy tail --bootstrap-server "
        + deployment.kafka().get(Deployment.BOOTSTRAP)
        + " --follow "
        + deployment.topics().predictions();
  }

  /** The same with the tool that comes with Kafka. */
  static String kafkaLine(Deployment deployment) {
    return "kafka-console-consumer.sh --bootstrap-server "
        + deployment.kafka().get(Deployment.BOOTSTRAP)
        + " --topic "
        + deployment.topics().predictions()
        + " --isolation-level read_committed --from-beginning";
  }

  @Override
  public Integer call() {
    Require.that(limit == null || limit > 0, "--limit", String.valueOf(limit), "1 or more");
    TailStart start = TailStart.of(from);
    if (brokers.file != null) {
      Deployment deployment = brokers.file.read();
      String word = topic == null ? "predictions" : topic;
      String name = named(deployment, word);
      return tail(deployment.kafka(), name, tokens(deployment, name), start);
    }
    if (topic == null) {
      throw new UserMistake("TOPIC: none (must be given with --bootstrap-server)");
    }
    Map<String, String> client = Map.of(Deployment.BOOTSTRAP, String.valueOf(brokers.server));
    return tail(client, topic, tokens(RegistryOption.format(registry)), start);
  }

  /** Dead letters are observations, for the most part. */
  private static ValueTokens tokens(Deployment deployment, String name) {
    TopicSettings topics = deployment.topics();
    if (name.equals(topics.predictions())) {
      return tokens(deployment.predictionFormat().records());
    }
    boolean observed = name.equals(topics.observations()) || name.equals(topics.deadLetters());
    return tokens(
        observed ? deployment.observationSchema().layout().format() : new RecordFormat.Json());
  }

  private static ValueTokens tokens(RecordFormat format) {
    return RecordFormats.tokens(format.within(REGISTRY));
  }

  private static String named(Deployment deployment, String word) {
    return switch (word) {
      case "predictions" -> deployment.topics().predictions();
      case "dead-letters" -> deployment.topics().deadLetters();
      case "observations" -> deployment.topics().observations();
      case "models" -> deployment.topics().models();
      case "evaluations" -> given(word, deployment.topics().evaluations());
      case "labels" -> given(word, deployment.topics().labels());
      default -> word;
    };
  }

  private static String given(String word, Optional<String> topic) {
    return topic.orElseThrow(() -> new UserMistake("topics." + word + ": missing (must be given)"));
  }

  private int tail(Map<String, String> client, String of, ValueTokens tokens, TailStart start) {
    try (TopicReader reader = TopicReader.open(client, of);
        BrokerWatch watch = BrokerWatch.start(client, of, this::warn)) {
      start.seek(reader);
      TailPrinter printer = new TailPrinter(console(), of, takesJson());
      values = tokens;
      try {
        reader.readToEnd(SILENCE, watch::away, each -> print(printer, each));
        follow(reader, printer);
      } catch (RuntimeException e) {
        printer.end(FailureReport.of("tail", e));
        throw e;
      }
      printer.end(null);
    }
    return 0;
  }

  private void follow(TopicReader reader, TailPrinter printer) {
    while (follow && !isEnough(printer)) {
      for (ConsumerRecord<byte[], byte[]> each : reader.poll(POLL)) {
        if (!print(printer, each)) {
          break;
        }
      }
    }
  }

  /** Whether another is wanted. */
  private boolean print(TailPrinter printer, ConsumerRecord<byte[], byte[]> each) {
    byte[] value = each.value();
    TailedRecord record =
        new TailedRecord(each, value == null ? null : RecordFormats.shown(values, value));
    if (key == null || record.isOf(key)) {
      printer.print(record);
    }
    return !isEnough(printer);
  }

  private boolean isEnough(TailPrinter printer) {
    return (limit != null && printer.printed() >= limit) || console().isUnread();
  }
}
