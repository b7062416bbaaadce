package dev.eddy.pipeline.cli.command;

import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code eddy bench}: so that the help names it. The launcher starts the benchmarks itself, because
 * their libraries and Eddy's cannot share a class path.
 */
@Command(
    name = "bench",
    description = "Measures Eddy beside its peers; ./eddy bench --help has the rest.",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  @Parameters(hidden = true)
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    throw new UserMistake(
        "bench " + String.join(" ", arguments) + ": not in here (must be run in a checkout)");
  }
}
