package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.kafka.client.BrokerWatch;
import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.pipeline.deployment.Deployment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eddy tail}: prints the committed records of a topic. */
@Command(
    name = "tail",
    description = "Prints the committed records of a topic from its beginning, one a line.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TailCommand extends EddyCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @Option(
      names = "--bootstrap-server",
      required = true,
      paramLabel = "HOST:PORT",
      description = "A broker.")
  @SuppressWarnings("NullAway.Init") // picocli requires the option
  private String server;

  @Parameters(paramLabel = "TOPIC", description = "The topic.")
  @SuppressWarnings("NullAway.Init") // picocli requires the parameter
  private String topic;

  @Option(names = "--follow", description = "Waits for more at the end, until Ctrl-C.")
  private boolean follow;

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
    long printed = 0;
    Map<String, String> client = Map.of(Deployment.BOOTSTRAP, server);
    try (TopicReader reader = TopicReader.open(client, topic);
        BrokerWatch watch = BrokerWatch.start(client, topic, this::warn)) {
      for (ConsumerRecord<byte[], byte[]> each : reader.readToEnd(SILENCE, watch::away)) {
        print(each);
        printed++;
      }
      while (follow) {
        reader.poll(POLL).forEach(this::print);
      }
    }
    json(Map.of("topic", topic, "records", printed));
    return 0;
  }

  private void print(ConsumerRecord<byte[], byte[]> each) {
    byte[] value = each.value();
    console().line(value == null ? "null" : new String(value, StandardCharsets.UTF_8));
  }
}
