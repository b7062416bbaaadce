package dev.eddy.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.registry.UnknownSchemaException.Hope;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry answers, and what becomes of it when it does not. */
class SchemaRegistryTest {
  private static final long LONG = 60_000;

  private RegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RegistryServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SchemaRegistry registry() {
    return new SchemaRegistry(server.address(LONG));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void a_registry_that_comes_back_was_only_waited_for() throws Exception {
    int id = server.add("\"string\"");
    server.awayFor(3);
    assertThat(registry().byId(id).text()).isEqualTo("\"string\"");
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void one_that_stays_away_fails_in_one_line_that_says_where_and_how_long() {
    server.awayFor(Integer.MAX_VALUE);
    assertThatThrownBy(() -> new SchemaRegistry(server.address(300)).byId(1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(server.url())
        .hasMessageContaining("answers 503 (must be reachable at registry.url)");
  }

  @Test
  void of_several_addresses_the_one_that_answers_is_enough() throws Exception {
    int id = server.add("\"string\"");
    RegistryAddress both =
        new RegistryAddress(List.of("http://127.0.0.1:1", server.url()), "", LONG);
    assertThat(new SchemaRegistry(both).byId(id).text()).isEqualTo("\"string\"");
  }

  @Test
  void of_several_addresses_the_one_that_knows_is_enough() throws Exception {
    try (RegistryServer behind = new RegistryServer()) {
      server.answer(
          "/schemas/ids/1",
          json("{'schema': 'b', 'references': [{'name': 'A', 'subject': 'a', 'version': 1}]}"));
      server.answer("/subjects/a/versions/1", json("{'schema': 'a'}"));
      behind.answer("/subjects/a/versions/1", json("{'error_code': 40401}"));
      RegistryAddress both = new RegistryAddress(List.of(behind.url(), server.url()), "", LONG);

      assertThat(new SchemaRegistry(both).byId(1))
          .isEqualTo(new RegisteredSchema("b", List.of("a")));
      assertThatThrownBy(() -> new SchemaRegistry(both).byId(2))
          .isInstanceOfSatisfying(
              UnknownSchemaException.class,
              unknown -> assertThat(unknown.hope()).isEqualTo(Hope.SOON));
      assertThat(behind.asked()).contains("GET /schemas/ids/2");
    }
  }

  @Test
  void an_id_that_one_does_not_know_while_another_is_away_may_be_known_when_that_is_back() {
    RegistryAddress both =
        new RegistryAddress(List.of(server.url(), "http://127.0.0.1:1"), "", LONG);
    assertThatThrownBy(() -> new SchemaRegistry(both).byId(7))
        .isInstanceOfSatisfying(
            UnknownSchemaException.class,
            unknown -> assertThat(unknown.hope()).isEqualTo(Hope.WHEN_BACK));
  }

  @Test
  void patience_is_with_all_that_a_schema_takes() throws Exception {
    server.answer(
        "/schemas/ids/1",
        json(
            "{'schema': 'c', 'references': [{'subject': 'a', 'version': 1},"
                + " {'subject': 'b', 'version': 1}]}"));
    server.answer("/subjects/a/versions/1", json("{'schema': 'a'}"));
    server.answer("/subjects/b/versions/1", json("{'schema': 'b'}"));
    server.awayAtEach(3); // requests, so that each ask by itself is in time
    long begun = System.nanoTime();
    assertThatThrownBy(() -> new SchemaRegistry(server.address(1000)).byId(1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("within 1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void references_that_come_back_to_themselves_end_and_each_is_asked_for_once() throws Exception {
    server.answer(
        "/schemas/ids/1", json("{'schema': 'r', 'references': [{'subject': '0', 'version': 1}]}"));
    for (int depth = 0; depth < 30; depth++) { // two ways to each next one, and one back
      String next = "{'subject': '" + (depth + 1) % 30 + "', 'version': 1}";
      server.answer(
          "/subjects/" + depth + "/versions/1",
          json("{'schema': 's" + depth + "', 'references': [" + next + "," + next + "]}"));
    }
    assertThat(registry().byId(1).references()).hasSize(30).contains("s0", "s29");
    assertThat(server.asked()).hasSize(31);
  }

  @Test
  void references_without_end_and_ones_that_are_gone_are_a_fault_of_the_schema() throws Exception {
    server.answer(
        "/schemas/ids/1", json("{'schema': 'r', 'references': [{'subject': '0', 'version': 1}]}"));
    for (int depth = 0; depth < 200; depth++) {
      server.answer(
          "/subjects/" + depth + "/versions/1",
          json(
              "{'schema': 's', 'references': [{'subject': '" + (depth + 1) + "', 'version': 1}]}"));
    }
    assertThatThrownBy(() -> registry().byId(1))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessage("schema 1: more than 100 references (expected fewer)");
    server.answer("/subjects/0/versions/1", json("{'error_code': 40402}"));
    assertThatThrownBy(() -> registry().byId(1))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageStartingWith("schema 1: its reference 0 version 1: unknown to the registry");
  }

  @Test
  void a_token_is_sent_as_a_bearers_and_not_shown() throws Exception {
    int id = server.add("\"string\"");
    server.requires("Bearer s3cret");
    Map<String, Object> settings =
        Map.of("url", List.of(server.url()), "token", Optional.of("s3cret"));
    RegistrySettings right = Settings.of(RegistrySettings.class, settings);
    assertThat(new SchemaRegistry(right.address()).byId(id).text()).isEqualTo("\"string\"");
    assertThat(right.toString() + right.address()).doesNotContain("s3cret");
    RegistryAddress wrong =
        Settings.of(
                RegistrySettings.class,
                Map.of("url", List.of(server.url()), "token", Optional.of("older")))
            .address();
    assertThatThrownBy(() -> new SchemaRegistry(wrong).byId(id))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("(must allow registry.user or registry.token to read")
        .hasMessageNotContaining("older");
    assertThatThrownBy(
            () ->
                Settings.of(
                    RegistrySettings.class,
                    Map.of(
                        "url", List.of(server.url()),
                        "token", Optional.of("s3cret"),
                        "user", Optional.of("me"),
                        "password", Optional.of("pass"))))
        .hasMessage("registry: user and token (must be one of the two)");
  }

  @Test
  void an_id_that_it_does_not_know_is_a_fault_of_the_record_and_a_wrong_path_is_none() {
    assertThatThrownBy(() -> registry().byId(7)).isInstanceOf(UnknownSchemaException.class);
    RegistryAddress elsewhere = new RegistryAddress(List.of(server.url() + "/api"), "", LONG);
    assertThatThrownBy(() -> new SchemaRegistry(elsewhere).byId(7))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("answers 404")
        .hasMessageContaining("(must have Confluent's REST interface there)");
  }

  @Test
  void a_schema_that_is_none_of_avro_says_what_it_is() throws Exception {
    server.answer("/schemas/ids/1", json("{'schema': 'syntax', 'schemaType': 'PROTOBUF'}"));
    assertThatThrownBy(() -> registry().byId(1))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessage("schema 1: PROTOBUF (expected AVRO)");
  }

  @Test
  void references_come_before_what_uses_them() throws Exception {
    server.answer(
        "/schemas/ids/1",
        json("{'schema': 'c', 'references': [{'name': 'B', 'subject': 'b', 'version': 2}]}"));
    server.answer(
        "/subjects/b/versions/2",
        json("{'schema': 'b', 'references': [{'name': 'A', 'subject': 'a', 'version': 1}]}"));
    server.answer("/subjects/a/versions/1", json("{'schema': 'a'}"));
    assertThat(registry().byId(1)).isEqualTo(new RegisteredSchema("c", List.of("a", "b")));
  }

  @Test
  void a_schema_is_registered_once() {
    int id = registry().register("t-value", "\"int\"");
    assertThat(registry().register("t-value", "\"int\"")).isEqualTo(id);
    assertThat(server.asked())
        .containsExactly(
            "POST /subjects/t-value", "POST /subjects/t-value/versions", "POST /subjects/t-value");
  }

  @Test
  void who_is_not_let_in_fails_at_once_and_the_password_is_sent_not_shown() throws Exception {
    int id = server.add("\"string\"");
    server.requires("Basic ZWRkeTpwYXNz");
    assertThatThrownBy(() -> registry().byId(id))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("answers 401 Unauthorized (must be asked with registry.user");
    RegistryAddress address =
        Settings.of(
                RegistrySettings.class,
                Map.of(
                    "url", List.of(server.url() + "/"),
                    "user", Optional.of("eddy"),
                    "password", Optional.of("pass")))
            .address();
    assertThat(new SchemaRegistry(address).byId(id).text()).isEqualTo("\"string\"");
    assertThat(address).hasToString(server.url());
    assertThat(address.within(Duration.ofSeconds(1)).patienceMillis()).isEqualTo(1000);
  }

  @Test
  void an_address_with_a_password_in_it_is_refused_without_showing_it() {
    assertThatThrownBy(
            () ->
                Settings.of(
                    RegistrySettings.class, Map.of("url", List.of("http://me:secret@host:8081"))))
        .hasMessageStartingWith("registry.url: http://********@host:8081 (must be such as")
        .hasMessageNotContaining("secret");
  }
}
