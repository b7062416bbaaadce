package dev.eddy.pipeline.passed;

import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;

/** Reads what a deployment says under {@code flink}, as Flink would when it needs it. */
public final class PassedToFlink {
  /** Of the streaming job, unless the deployment says otherwise; states are divided by it. */
  public static final int MAX_PARALLELISM = 128;

  private static final int PORTS = 65_535;
  private static final int KEY_GROUPS = 1 << 15;

  /** What belongs to plugins, file systems, and other ways to deploy. */
  private static final List<String> FREE =
      List.of(
          "abfs",
          "azure.",
          "containerized.",
          "cos.",
          "env.",
          "events.",
          "external-resource.",
          "flink.hadoop.",
          "fs.",
          "gs.",
          "hadoop.",
          "kubernetes.",
          "metrics.",
          "oss.",
          "python.",
          "s3.",
          "s3a.",
          "security.",
          "sql-",
          "table.",
          "traces.",
          "wasb",
          "yarn.",
          "zookeeper.");

  private PassedToFlink() {}

  /**
   * Refuses names that are all but known ones, and values that Flink cannot take.
   *
   * @throws UserMistake with a line for each
   */
  public static void require(Map<String, String> flink) {
    List<String> wrong = new ArrayList<>(names().misspelt(flink));
    new TreeMap<>(flink).forEach((name, value) -> refusal(name, value).ifPresent(wrong::add));
    if (wrong.isEmpty()) {
      tooParallel(flink).ifPresent(wrong::add);
    }
    if (!wrong.isEmpty()) {
      throw new UserMistake(wrong);
    }
  }

  /** A line for each name that Flink itself does not know. */
  public static List<String> unknown(Map<String, String> flink) {
    return names().unheardOf(flink);
  }

  private static PassedNames names() {
    return new PassedNames("flink", FlinkOptions.known().keySet(), PassedToFlink::isFree);
  }

  private static boolean isFree(String name) {
    return FREE.stream().anyMatch(name::startsWith)
        || FlinkOptions.known().values().stream()
            .anyMatch(option -> FlinkType.isMap(option) && name.startsWith(option.key() + "."));
  }

  private static Optional<String> refusal(String name, String value) {
    ConfigOption<?> option = FlinkOptions.known().get(name);
    return option == null
        ? Optional.empty()
        : expectation(name, value, option)
            .map(expected -> line(name, value, "must be " + expected));
  }

  private static Optional<String> expectation(String name, String value, ConfigOption<?> option) {
    Optional<?> read;
    try {
      read = Configuration.fromMap(Map.of(name, value)).getOptional(option);
    } catch (RuntimeException e) { // of many types
      return Optional.of(FlinkType.expectation(option, e));
    }
    return read.filter(Integer.class::isInstance)
        .flatMap(number -> outOfBounds(name, (Integer) number));
  }

  /** Flink declares no bounds; these it would find out when processes or jobs begin. */
  private static Optional<String> outOfBounds(String name, int number) {
    if (name.endsWith(".port")) {
      return number >= 0 && number <= PORTS ? Optional.empty() : Optional.of("0 to " + PORTS);
    }
    if (name.equals(PipelineOptions.MAX_PARALLELISM.key())) {
      return number >= 1 && number <= KEY_GROUPS
          ? Optional.empty()
          : Optional.of("1 to " + KEY_GROUPS);
    }
    boolean counts = name.endsWith(".numberOfTaskSlots") || isParallelism(name);
    return counts && number < 1 ? Optional.of("1 or more") : Optional.empty();
  }

  private static boolean isParallelism(String name) {
    return name.equals(CoreOptions.DEFAULT_PARALLELISM.key());
  }

  private static Optional<String> tooParallel(Map<String, String> flink) {
    Configuration settings = Configuration.fromMap(flink);
    int parallelism = settings.get(CoreOptions.DEFAULT_PARALLELISM);
    Optional<Integer> given = settings.getOptional(PipelineOptions.MAX_PARALLELISM);
    int most = given.orElse(MAX_PARALLELISM);
    String key = CoreOptions.DEFAULT_PARALLELISM.key();
    return parallelism <= most || !flink.containsKey(key)
        ? Optional.empty()
        : Optional.of(
            line(
                key,
                Integer.toString(parallelism),
                "must be at most "
                    + most
                    + ", which is "
                    + PipelineOptions.MAX_PARALLELISM.key()
                    + (given.isPresent() ? "" : " unless it is set")));
  }

  private static String line(String name, String value, String hint) {
    String shown = GlobalConfiguration.isSensitive(name) ? "(hidden)" : value;
    return "flink." + name + ": " + shown + " (" + hint + ")";
  }
}
