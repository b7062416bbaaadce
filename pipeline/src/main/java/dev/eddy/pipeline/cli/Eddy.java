package dev.eddy.pipeline.cli;

import dev.eddy.pipeline.cli.command.BacktestCommand;
import dev.eddy.pipeline.cli.command.BenchCommand;
import dev.eddy.pipeline.cli.command.CheckCommand;
import dev.eddy.pipeline.cli.command.DemoCommand;
import dev.eddy.pipeline.cli.command.InitCommand;
import dev.eddy.pipeline.cli.command.ModelsCommand;
import dev.eddy.pipeline.cli.command.ReplayCommand;
import dev.eddy.pipeline.cli.command.RunCommand;
import dev.eddy.pipeline.cli.command.TailCommand;
import dev.eddy.pipeline.cli.command.TopicsCommand;
import dev.eddy.pipeline.cli.command.TrainCommand;
import dev.eddy.pipeline.cli.console.FailureReport;
import dev.eddy.pipeline.cli.console.LogFile;
import dev.eddy.pipeline.flink.ProcessFolder;
import dev.eddy.pipeline.train.EddyVersion;
import dev.eddy.settings.FileFault;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code eddy demo}, {@code eddy run -c FILE} and so on. */
@Command(
    name = "eddy",
    description = "Runs recurrent neural networks over keyed event streams.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      TrainCommand.class,
      BacktestCommand.class,
      ReplayCommand.class,
      InitCommand.class,
      CheckCommand.class,
      ModelsCommand.class,
      TopicsCommand.class,
      TailCommand.class,
      BenchCommand.class
    })
public final class Eddy implements Runnable {
  @Spec private CommandSpec spec;

  /** Needs a command. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before it runs anything
  public Eddy() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    Path log = LogFile.open(System.err);
    claimFolder();
    System.exit(execute(log, args));
  }

  /** So that it goes at the end, whatever the command is. */
  private static void claimFolder() {
    try {
      ProcessFolder.get();
    } catch (IOException e) {
      System.err.println(
          "eddy: no folder for temporary files ("
              + FileFault.of(e)
              + "; java.io.tmpdir must name one to write to)");
    }
  }

  /** Runs the command line; an error of the JVM is told like any failure. */
  private static int execute(Path log, String[] args) {
    CommandLine commandLine = commandLine(log);
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      return report("the command", e, commandLine, log);
    }
  }

  /** Such as {@code models list}. */
  private static String named(CommandLine command) {
    return command.getCommandSpec().qualifiedName().replaceFirst("^eddy ", "");
  }

  private static int report(String what, Throwable failure, CommandLine command, Path log) {
    FailureReport report = FailureReport.of(what, failure);
    report.print(command.getErr(), log);
    return report.exitCode();
  }

  /**
   * Makes the command line.
   *
   * @param log where a failure says its details are
   */
  public static CommandLine commandLine(Path log) {
    CommandLine commandLine = new CommandLine(new Eddy());
    commandLine.getCommandSpec().version(EddyVersion.text());
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> report(named(command), failure, command, log));
    commandLine.setParameterExceptionHandler(
        (wrong, arguments) -> {
          CommandLine command = wrong.getCommandLine();
          command.getErr().println("eddy: " + wrong.getMessage());
          command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
          return FailureReport.MENDABLE;
        });
    commandLine.setUsageHelpWidth(100);
    return commandLine;
  }
}
