package dev.eddy.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
