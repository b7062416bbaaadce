package dev.eddy.pipeline.passed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.settings.UserMistake;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands under {@code kafka} is refused where no client would take it. */
class PassedToKafkaTest {
  private static Map<String, String> with(String name, String value) {
    Map<String, String> kafka = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092"));
    kafka.put(name, value);
    return kafka;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acks | perhaps | must be one of: all, -1, 0, 1",
        "security.protocol | CLEAR | must be one of (case insensitive): ",
        "linger.ms | soon | must be a whole number",
        "batch.size | -1 | must be at least 0",
        "compression.type | rar | must be one of: ",
        "isolation.level | dirty | must be one of: read_committed, read_uncommitted",
        "enable.auto.commit | maybe | must be true or false",
        "acks | 1 | Must set acks to all in order to use the idempotent producer",
        "retries | 0 | Must set retries to non-zero when using the idempotent producer",
        "max.in.flight.requests.per.connection | 6 | To use the idempotent producer,"
            + " max.in.flight.requests",
      })
  void a_value_that_no_client_takes_is_refused_with_what_it_takes(
      String name, String value, String expected) {
    assertThatThrownBy(() -> PassedToKafka.require(with(name, value)))
        .isInstanceOf(UserMistake.class)
        .message()
        .startsWith("kafka." + name + ": " + value + " (" + expected)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "bootstrap.server, bootstrap.servers",
    "security.protocoll, security.protocol",
    "transaction.timeout, transaction.timeout.ms",
    "sasl.jaas.conf, sasl.jaas.config",
  })
  void a_slip_is_refused_with_the_right_name(String written, String right) {
    assertThatThrownBy(() -> PassedToKafka.require(with(written, "1")))
        .isInstanceOf(UserMistake.class)
        .hasMessage("kafka." + written + ": unknown setting (did you mean " + right + "?)");
  }

  @Test
  void what_clients_connectors_and_interceptors_know_passes() {
    Map<String, String> kafka =
        Map.of(
            "bootstrap.servers", "localhost:9092",
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", "org.example.Module required;",
            "interceptor.tracing.rate", "0.1",
            "partition.discovery.interval.ms", "10000",
            "transaction.timeout.ms", "60000",
            "max.poll.records", "100");

    assertThatCode(() -> PassedToKafka.require(kafka)).doesNotThrowAnyException();
    assertThat(PassedToKafka.unknown(kafka))
        .singleElement()
        .asString()
        .startsWith("kafka.interceptor.tracing.rate: unknown setting (");
  }

  @Test
  void several_mistakes_are_told_at_once() {
    Map<String, String> kafka = with("acks", "perhaps");
    kafka.put("linger.ms", "soon");

    assertThatThrownBy(() -> PassedToKafka.require(kafka)).message().hasLineCount(2);
  }
}
