package dev.eddy.pipeline.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is secret is taken from the environment, and only named in the deployment. */
class TopicFormatTest {
  private static final String URL = "http://localhost:8081";

  @Test
  void a_token_is_sent_and_named() {
    TopicFormat format = TopicFormat.ofRegistry(URL, Optional.of("PATH"));

    assertThat(authorization(format)).isEqualTo("Bearer " + System.getenv("PATH"));
    assertThat(format.block())
        .isEqualTo("\nregistry:\n  url: [\"http://localhost:8081\"]\n  token: \"${PATH}\"\n");
  }

  @Test
  void a_user_has_a_password() {
    TopicFormat format = TopicFormat.ofRegistry(URL, Optional.of("reader:PATH"));

    String both = "reader:" + System.getenv("PATH");
    assertThat(authorization(format))
        .isEqualTo("Basic " + Base64.getEncoder().encodeToString(both.getBytes()));
    assertThat(format.block()).contains("  user: reader\n", "  password: \"${PATH}\"\n");
  }

  @Test
  void nothing_is_named_where_nothing_is_asked() {
    assertThat(TopicFormat.ofRegistry(URL, Optional.empty()).block())
        .doesNotContain("token", "user");
    assertThat(TopicFormat.json().block()).isEmpty();
    assertThat(TopicFormat.json().input(Path.of("."))).isEmpty();
  }

  @Test
  void a_variable_that_is_not_set_is_named() {
    assertThatThrownBy(() -> TopicFormat.ofRegistry(URL, Optional.of("EDDY_NO_SUCH")))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "--registry-auth: EDDY_NO_SUCH (must be a variable that is set in the environment)");
  }

  private static String authorization(TopicFormat format) {
    return ((RecordFormat.Confluent) format.format()).registry().authorization();
  }
}
