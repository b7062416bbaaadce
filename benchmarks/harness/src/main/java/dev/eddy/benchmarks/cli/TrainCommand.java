package dev.eddy.benchmarks.cli;

import dev.eddy.benchmarks.report.Page;
import dev.eddy.benchmarks.report.Targets;
import dev.eddy.benchmarks.report.TrainReport;
import dev.eddy.benchmarks.run.Contender;
import dev.eddy.benchmarks.run.PeersMissingException;
import dev.eddy.benchmarks.run.TrainRun;
import dev.eddy.benchmarks.run.TrainSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eddy bench train}. */
@Command(
    name = "train",
    description = {
      "Measures training.",
      "Forward, backward and update of one layer with a head, 64 steps, batch 32: Eddy's layers in"
          + " Deeplearning4j beside its own LSTM and libtorch's."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand extends BenchCommand implements Callable<Integer> {
  private static final Contender[] ENGINES = {
    Contender.EDDY, Contender.DL4J, Contender.DL4J_EDDY_HEAD, Contender.LIBTORCH
  };
  private static final int MILLISECONDS = 500;

  @Option(
      names = "--hidden",
      split = ",",
      paramLabel = "UNITS",
      defaultValue = "64,128,256",
      description = "Units of the layer; ${DEFAULT-VALUE} unless given.")
  private List<Integer> hidden = List.of();

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "ENGINE",
      defaultValue = "eddy,dl4j,dl4j-eddy-head,libtorch",
      description = "Which engines; ${DEFAULT-VALUE} unless given.")
  private List<String> engines = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Turns of each at each size; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    TrainSettings settings =
        new TrainSettings(
            cells(),
            positive("--hidden", hidden),
            list("--engines", engines, name -> Contender.of(name, ENGINES)),
            positive("--rounds", rounds),
            MILLISECONDS);
    PeersMissingException.check(settings.engines());
    Page page = page("train");
    TrainReport report = new TrainRun(settings, this::say, this::progress).run();
    describe(page, TrainReport.SHAPE, report.engines());
    report.omissions().forEach(line -> page.line("- left out: " + line));
    page.table(report.table());
    page.table(Targets.table("Eddy's training, how many times as fast as", report.targets()));
    show(page);
    json(report.json());
    return 0;
  }
}
