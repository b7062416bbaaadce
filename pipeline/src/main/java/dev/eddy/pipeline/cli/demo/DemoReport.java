package dev.eddy.pipeline.cli.demo;

import dev.eddy.pipeline.cli.Figures;
import dev.eddy.pipeline.cli.Predicts;
import dev.eddy.pipeline.cli.report.Report;
import dev.eddy.pipeline.cli.score.ScoreReport;
import dev.eddy.pipeline.cli.score.ScoreTables;
import dev.eddy.pipeline.cli.score.Scorer;
import dev.eddy.pipeline.job.Deployment;
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

  void write(Scorer scorer) throws IOException {
    List<String> summary = new ArrayList<>(ScoreTables.verdicts(result.evaluation()));
    deployment.about().ifPresent(summary::add);
    new Report(title(result, deployment), summary, facts(), ScoreReport.sections(scorer))
        .write(result.report());
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", result.model());
    facts.put("network", deployment.model().summary());
    facts.put("observations", Figures.count(result.observations()));
    facts.put("predictions", Figures.count(result.predictions()));
    facts.put("streamed", Figures.count(result.streamed()));
    facts.put("events per second", Figures.count(Math.round(result.eventsPerSecond())));
    facts.put("training", Figures.seconds(result.trainingSeconds()));
    facts.put("whole run", Figures.seconds(result.seconds()));
    return facts;
  }
}
