package dev.eddy.pipeline.cli;

import dev.eddy.pipeline.cli.command.BacktestCommand;
import dev.eddy.pipeline.cli.command.BenchCommand;
import dev.eddy.pipeline.cli.command.CheckCommand;
import dev.eddy.pipeline.cli.command.DemoCommand;
import dev.eddy.pipeline.cli.command.EddyCommand;
import dev.eddy.pipeline.cli.command.InitCommand;
import dev.eddy.pipeline.cli.command.ReplayCommand;
import dev.eddy.pipeline.cli.command.RunCommand;
import dev.eddy.pipeline.cli.command.SchemaCommand;
import dev.eddy.pipeline.cli.command.TailCommand;
import dev.eddy.pipeline.cli.command.TopicsCommand;
import dev.eddy.pipeline.cli.command.TrainCommand;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.FailureReport;
import dev.eddy.pipeline.cli.console.LogFile;
import dev.eddy.pipeline.cli.models.ModelsCommand;
import dev.eddy.pipeline.flink.ProcessFolder;
import dev.eddy.pipeline.train.EddyVersion;
import dev.eddy.settings.FileFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
      SchemaCommand.class,
      TailCommand.class,
      BenchCommand.class
    })
public final class Eddy implements Runnable {
  @Spec private CommandSpec spec;

  /** Without a command it helps. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification before it runs anything
  public Eddy() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    Path log = LogFile.open(args, System.err);
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
      int code = report("the command", e, commandLine, log);
      if (List.of(args).contains(EddyCommand.JSON)) {
        Console.of(commandLine.getOut()).json(FailureReport.of("the command", e).json());
      }
      return code;
    }
  }

  /** Such as {@code models list}. */
  private static String named(CommandLine command) {
    return command.getCommandSpec().qualifiedName().replaceFirst("^eddy ", "");
  }

  private static int report(String what, Throwable failure, CommandLine command, Path log) {
    FailureReport report = FailureReport.of(what, failure);
    report.print(command.getErr(), log);
    if (command.getCommand() instanceof EddyCommand told) {
      told.failed(report);
    }
    return report.exitCode();
  }

  /** What is wrong with the words themselves, and what may have been meant. */
  private static int refuse(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    List<String> near =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String meant = near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
    FailureReport report = FailureReport.mistake(wrong.getMessage() + meant);
    report.print(command.getErr());
    command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
    if (List.of(arguments).contains(EddyCommand.JSON)) {
      Console.of(command.getOut()).json(report.json());
    }
    return report.exitCode();
  }

  /** Runs the command and lets it print its result. */
  private static int execute(ParseResult parsed) {
    int code = new RunLast().execute(parsed);
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.commandSpec().userObject() instanceof EddyCommand told) {
      told.succeeded();
    }
    return code;
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
    commandLine.setParameterExceptionHandler(Eddy::refuse);
    commandLine.setExecutionStrategy(Eddy::execute);
    commandLine.setUsageHelpWidth(100);
    return commandLine;
  }
}
