package dev.eddy.pipeline.cli.demo;

import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.Report;
import dev.eddy.pipeline.cli.score.EvaluationText;
import dev.eddy.pipeline.cli.score.HorizonNames;
import dev.eddy.pipeline.cli.score.Judge;
import dev.eddy.pipeline.cli.score.ScoreReport;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what came of a demo: lines on the console, and a page. */
final class DemoReport {
  private final Deployment deployment;
  private final DemoResult result;

  DemoReport(Deployment deployment, DemoResult result) {
    this.deployment = deployment;
    this.result = result;
  }

  private String title() {
    return result.model() + ": " + Formats.predicted(deployment);
  }

  /** The scores and what they are worth, then how the run went. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("", title(), ""));
    lines.addAll(EvaluationText.lines(result.evaluation(), HorizonNames.of(deployment)));
    lines.add("");
    lines.addAll(EvaluationText.verdicts(result.evaluation(), HorizonNames.of(deployment)));
    deployment.about().ifPresent(about -> about.lines().forEach(lines::add));
    lines.add("");
    lines.add(
        Formats.count(result.streamed())
            + " observations streamed at "
            + Formats.count(Math.round(result.eventsPerSecond()))
            + " events/s; "
            + Formats.count(result.predictions())
            + " predictions of "
            + Formats.count(result.observations())
            + " observations, exactly once; "
            + Formats.seconds(result.seconds())
            + " in all");
    lines.add("report: " + result.report());
    return lines;
  }

  /** Writes the page. */
  void write(Judge judge) throws IOException {
    List<String> summary =
        new ArrayList<>(EvaluationText.verdicts(result.evaluation(), HorizonNames.of(deployment)));
    deployment.about().ifPresent(summary::add);
    new Report(title(), summary, facts(), ScoreReport.sections(judge, HorizonNames.of(deployment)))
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
