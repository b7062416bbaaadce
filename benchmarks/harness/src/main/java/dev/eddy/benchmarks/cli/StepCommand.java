package dev.eddy.benchmarks.cli;

import dev.eddy.benchmarks.report.Page;
import dev.eddy.benchmarks.report.StepReport;
import dev.eddy.benchmarks.report.Targets;
import dev.eddy.benchmarks.run.Contender;
import dev.eddy.benchmarks.run.PeersMissingException;
import dev.eddy.benchmarks.run.StepRun;
import dev.eddy.benchmarks.run.StepSettings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eddy bench step}. */
@Command(
    name = "step",
    description = {
      "Measures the steps of every cell.",
      "Engines side by side over a grid of sizes, with the same weights, their agreement checked"
          + " first; medians over rounds in which they take turns."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StepCommand extends BenchCommand implements Callable<Integer> {
  private static final Contender[] ENGINES = {
    Contender.SIMD, Contender.ND4J, Contender.DL4J, Contender.ONNXRUNTIME, Contender.LIBTORCH
  };

  @Option(
      names = "--hidden",
      split = ",",
      paramLabel = "UNITS",
      defaultValue = "32,64,128,256,512",
      description = "Units of the layer; ${DEFAULT-VALUE} unless given.")
  private List<Integer> hidden = List.of();

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "ROWS",
      defaultValue = "1,16,64,256,1024",
      description = "Rows of a micro-batch; ${DEFAULT-VALUE} unless given.")
  private List<Integer> batches = List.of();

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "ENGINE",
      defaultValue = "simd,nd4j,dl4j,onnxruntime,libtorch",
      description = "Which engines; ${DEFAULT-VALUE} unless given.")
  private List<String> engines = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Turns of each engine at each point; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Option(names = "--quick", description = "A grid of two sizes and two batches, three rounds.")
  private boolean quick;

  @Override
  public Integer call() throws IOException {
    StepSettings settings = settings();
    PeersMissingException.check(settings.engines());
    Page page = page("step");
    StepReport report = new StepRun(settings, this::say, this::progress).run();
    describe(page, StepReport.SHAPE, report.engines());
    page.line(
        String.format(
            Locale.ROOT,
            "- peak: %.0f GFLOP/s, the fastest product of any engine in this run",
            report.peakGflops()));
    report.omissions().forEach(line -> page.line("- left out: " + line));
    page.consoleTable(report.grid());
    settings.cells().forEach(cell -> page.markdownTable(report.cell(cell.configName())));
    page.table(report.wavesTable());
    page.table(Targets.table("simd step, how many times as fast as", report.targets()));
    show(page);
    json(report.json());
    return 0;
  }

  private StepSettings settings() {
    if (quick) {
      refuseBeside("--quick", "--hidden", "--batch");
    }
    return new StepSettings(
        cells(),
        positive("--hidden", quick ? List.of(64, 256) : hidden),
        positive("--batch", quick ? List.of(1, 64) : batches),
        list("--engines", engines, name -> Contender.of(name, ENGINES)),
        positive("--rounds", quick ? Math.min(3, rounds) : rounds),
        50);
  }
}
