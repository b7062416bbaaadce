package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.pipeline.deployment.TestDeployment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Values of the past, joined by event time. */
class SharedPastTest extends SharedStreams {
  @Test
  void each_observation_sees_the_newest_value_of_its_time_at_any_parallelism() throws Exception {
    serve(plain());
    shareUntil(ROUNDS * INTERVAL);
    deployment.observe(lacking(0, ROUNDS));
    whole.observe(rounds(0, ROUNDS, SharedStreams::windAt));
    TestDeployment twin = deployment.twin();

    cluster.run(settings(deployment, SCHEMA, LONG, true), flink("one", 1, "hashmap"));
    cluster.run(settings(twin, SCHEMA, LONG, true), flink("four", 4, "rocksdb"));

    assertAsIfEachHadBroughtIt();
    assertThat(twin.predictions()).isEqualTo(deployment.predictions());
    assertThat(deployment.predictions().values()).allSatisfy(of -> assertThat(of).hasSize(ROUNDS));
    assertThat(deployment.deadLetters()).isEmpty();
  }

  @Test
  void what_is_no_record_of_the_topic_is_a_dead_letter_with_its_place() throws Exception {
    serve(plain());
    shared.observeRaw("", "not even JSON");
    shareUntil(ROUNDS * INTERVAL);
    shared.observeRaw("", "{\"time\":100,\"wnid\":3}");
    deployment.observe(lacking(0, ROUNDS));
    whole.observe(rounds(0, ROUNDS, SharedStreams::windAt));

    cluster.run(settings(deployment, SCHEMA, LONG, true), flink("c", 2, "hashmap"));

    assertAsIfEachHadBroughtIt();
    assertThat(deployment.deadLetters())
        .extracting(
            letter ->
                new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8)
                    + " "
                    + new String(
                        letter.headers().lastHeader("topic").value(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder(
            "malformed " + shared.topics().observations(),
            "no-features " + shared.topics().observations());
  }
}
