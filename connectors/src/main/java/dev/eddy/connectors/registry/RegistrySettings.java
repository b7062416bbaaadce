package dev.eddy.connectors.registry;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Where the schemas of {@code avro-confluent} records are registered. */
@Block(value = "registry", inShort = "url")
public record RegistrySettings(
    @Setting(
            about =
                "where a schema registry with Confluent's REST interface answers, or several that"
                    + " stand for one; Apicurio's has it under `/apis/ccompat/v7`")
        List<String> url,
    @Setting(about = "who reads schemas, where it asks for a password", byDefault = "none")
        Optional<String> user,
    @Setting(about = "of `user`; write `${NAME}`", byDefault = "none") Optional<String> password,
    @Setting(
            about = "sent as a bearer token, in place of a user; write `${NAME}`",
            byDefault = "none")
        Optional<String> token,
    @Setting(
            about =
                "how long a registry that does not answer is waited for; then the task fails, and"
                    + " begins again as Flink is set to",
            byDefault = "1 min",
            least = "1 s",
            most = "1 h")
        Duration patience) {

  public RegistrySettings {
    Settings.check(RegistrySettings.class, url, user, password, token, patience);
    url = List.copyOf(url);
    Require.that(!url.isEmpty(), "registry.url", "none", "an address");
    url.forEach(RegistrySettings::requireAddress);
    Require.that(
        user.isPresent() == password.isPresent(),
        "registry",
        user.isPresent() ? "user without password" : "password without user",
        "both or neither");
    Require.that(user.isEmpty() || token.isEmpty(), "registry", "user and token", "one of the two");
  }

  private static void requireAddress(String url) {
    boolean right = url.matches("https?://[^\\s/@]+(/\\S*)?") && isUri(url);
    Require.that(
        right,
        "registry.url",
        url.replaceFirst("//[^/]*@", "//********@"),
        "such as http://localhost:8081, with user and password in settings of their own");
  }

  private static boolean isUri(String url) {
    try {
      return URI.create(url).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What a client needs of it. */
  public RegistryAddress address() {
    String basic = user.map(name -> "Basic " + base64(name + ":" + password.orElse(""))).orElse("");
    return new RegistryAddress(
        url, token.map(text -> "Bearer " + text).orElse(basic), patience.toMillis());
  }

  /** Without what nobody may read. */
  @Override
  public String toString() {
    return address().toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
