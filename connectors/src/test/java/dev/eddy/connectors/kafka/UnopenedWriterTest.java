package dev.eddy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.kafka.sink.DeadLetterSink;
import dev.eddy.connectors.serde.EventTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** A sink writer that cannot open leaves nothing of itself, however often it is tried again. */
class UnopenedWriterTest extends FlinkJobs {
  @Test
  void leaves_no_client_behind_at_any_of_its_restarts() throws Exception {
    topics.create("unopened", 1);
    List<String> before = clients();
    StreamExecutionEnvironment env = environment();
    env.configure(
        Configuration.fromMap(
            Map.of(
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.delay", "10 ms",
                "restart-strategy.fixed-delay.attempts", "5")));
    // Longer than the broker allows, which it says after the writer has listed what is open.
    Map<String, String> client = new HashMap<>(kafka.client());
    client.put("transaction.timeout.ms", "90000000");
    env.fromData(new DeadLetter("seen", "", "from", 0, 0, null, null))
        .map(letter -> letter)
        .returns(EventTypes.DEAD_LETTER)
        .sinkTo(
            DeadLetterSink.builder()
                .client(client)
                .topic("unopened")
                .transactionalIdPrefix("eddy/unopened")
                .build());

    assertThatThrownBy(env::execute)
        .rootCause()
        .hasMessageContaining("transaction timeout is larger than the maximum");

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(clients()).containsExactlyInAnyOrderElementsOf(before));
  }

  private static List<String> clients() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name -> Stream.of("kafka-admin-client-", "kafka-producer-").anyMatch(name::startsWith))
        .toList();
  }
}
