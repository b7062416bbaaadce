package dev.eddy.pipeline.stream;

import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFile;
import dev.eddy.pipeline.flink.EmbeddedJobs;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.flink.SettingsPrecedence;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * The main class of the job jar: builds a deployment's streaming job and executes it, and leaves
 * all else to whoever started it, {@code flink run}, the REST interface, application mode or an
 * operator. It may run inside a job manager, so it ends no process; what is wrong it throws.
 */
public final class StreamingJob {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingJob.class);
  private static final String USAGE =
      "-c FILE [--set SETTING=VALUE ...] [--bounded] [--fresh | --from committed], where FILE is"
          + " the deployment's YAML file, a path or the URI of a Flink file system";

  /** What follows the jar. */
  private static final class Arguments {
    @Option(
        names = {"-c", "--config"},
        required = true)
    @SuppressWarnings("NullAway.Init") // picocli requires the option
    private String file;

    @Option(names = "--set")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--bounded")
    private boolean bounded;

    /** Begins anew, whatever the deployment has predicted already. */
    @Option(names = "--fresh")
    private boolean fresh;

    /** Goes on behind the offsets that were committed, without state. */
    @Option(names = "--from")
    private @Nullable String from;

    /** The word {@code run}, from when the jar's main class was the command line. */
    @Parameters private List<String> words = new ArrayList<>();
  }

  private StreamingJob() {}

  /**
   * Builds and executes; returns when Flink does: at the job's end if attached, else at once.
   *
   * @throws UserMistake in a line for each, when arguments or settings are wrong
   */
  public static void main(String[] args) throws Exception {
    Arguments arguments = parse(args);
    Deployment deployment = DeploymentFile.readAnywhere(arguments.file, arguments.overrides);
    PredictJobSettings settings = PredictJobSettings.of(deployment, arguments.bounded);
    StreamExecutionEnvironment environment = environment(FlinkSettings.of(deployment.flink()));
    PredictJob.build(environment, settings, start(arguments));
    SecondStart.refuse(settings.name(), environment.getConfiguration());
    StateToRestore.requireReadable(environment.getConfiguration());
    EmbeddedJobs.handOver(environment.getConfiguration());
    environment.execute();
  }

  private static Arguments parse(String[] args) {
    Arguments arguments = new Arguments();
    try {
      new CommandLine(arguments).parseArgs(args);
    } catch (ParameterException e) {
      throw new UserMistake("arguments: " + e.getMessage() + " (must be " + USAGE + ")", e);
    }
    if (!arguments.words.isEmpty() && !arguments.words.equals(List.of("run"))) {
      throw new UserMistake(
          "arguments: " + String.join(" ", arguments.words) + " (must be " + USAGE + ")");
    }
    return arguments;
  }

  private static Start start(Arguments arguments) {
    if (arguments.from == null) {
      return arguments.fresh ? Start.FRESH : Start.FIRST;
    }
    Require.that(arguments.from.equals("committed"), "--from", arguments.from, "committed");
    Require.that(!arguments.fresh, "--from", "committed with --fresh", "one of them");
    return Start.COMMITTED;
  }

  /** What the deployment's file says of Flink only fills what is left open where the job runs. */
  private static StreamExecutionEnvironment environment(Configuration wanted) {
    Configuration said =
        Configuration.fromMap(
            StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration().toMap());
    List<String> overruled = SettingsPrecedence.overruled(said, wanted);
    if (!overruled.isEmpty()) {
      LOG.info("set already, so not as the deployment's file says: {}", overruled);
    }
    return StreamExecutionEnvironment.getExecutionEnvironment(
        SettingsPrecedence.permitted(said, SettingsPrecedence.leftOpen(said, wanted)));
  }
}
