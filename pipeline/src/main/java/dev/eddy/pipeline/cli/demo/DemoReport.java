package dev.eddy.pipeline.cli.demo;

import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.console.Predicts;
import dev.eddy.pipeline.cli.report.Report;
import dev.eddy.pipeline.cli.score.Judge;
import dev.eddy.pipeline.cli.score.ScoreReport;
import dev.eddy.pipeline.cli.score.ScoreTables;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page that a demo leaves behind. */
final class DemoReport {
  private final Deployment deployment;
  private final DemoResult result;

  DemoReport(Deployment deployment, DemoResult result) {
    this.deployment = deployment;
    this.result = result;
  }

  static String title(DemoResult result, Deployment deployment) {
    return result.model() + ": " + Predicts.describe(deployment);
  }

  void write(Judge scorer) throws IOException {
    List<String> summary = new ArrayList<>(ScoreTables.verdicts(result.evaluation()));
    deployment.about().ifPresent(summary::add);
    new Report(title(result, deployment), summary, facts(), ScoreReport.sections(scorer))
        .write(result.report());
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", result.model());
    facts.put("network", deployment.model().summary());
    facts.put("observations", Formats.count(result.observations()));
    facts.put("predictions", Formats.count(result.predictions()));
    facts.put("streamed", Formats.count(result.streamed()));
    facts.put("events per second", Formats.count(Math.round(result.eventsPerSecond())));
    facts.put("training", Formats.seconds(result.trainingSeconds()));
    facts.put("whole run", Formats.seconds(result.seconds()));
    return facts;
  }
}
