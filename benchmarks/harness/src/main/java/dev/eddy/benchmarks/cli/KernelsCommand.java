package dev.eddy.benchmarks.cli;

import dev.eddy.benchmarks.kernel.ProductBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code eddy bench kernels}: JMH, for those who work on the kernels. */
@Command(
    name = "kernels",
    description = {
      "Runs the JMH benchmarks of the vector kernels: the product's tiles, tanh, a whole step.",
      "Takes JMH's own arguments, such as: Product -p hidden=64 -prof gc"
    },
    customSynopsis = "eddy bench kernels [NAME...] [JMH OPTION...]",
    mixinStandardHelpOptions = true)
final class KernelsCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws RunnerException {
    CommandLineOptions given;
    try {
      given = new CommandLineOptions(arguments.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      throw new IllegalArgumentException("kernels: " + e.getMessage(), e);
    }
    OptionsBuilder options = new OptionsBuilder();
    options.parent(given);
    if (given.getIncludes().isEmpty()) {
      options.include(ProductBenchmark.class.getPackageName().replace(".", "\\."));
    }
    new Runner(options.build()).run();
    return 0;
  }
}
