package dev.eddy.pipeline.check;

import dev.eddy.connectors.file.ClassNames;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.settings.Split;
import dev.eddy.model.training.FoundSeasons;
import dev.eddy.pipeline.cli.console.Scratch;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.rows.Categories;
import dev.eddy.pipeline.rows.FileLook;
import dev.eddy.pipeline.rows.FilesData;
import dev.eddy.pipeline.rows.PartsLook;
import dev.eddy.pipeline.rows.Reach;
import dev.eddy.settings.Durations;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Can all rows be read of the files that are to be replayed, and learned from as the settings say?
 *
 * @param deployment which names them
 * @param replay how
 * @param learned whether it is these rows that are learned from, and not those of a topic
 */
record FilesQuestion(Deployment deployment, ReplaySettings replay, boolean learned)
    implements Question {
  @Override
  public void ask(Findings findings) {
    FileLook look = FileLook.at(replay, deployment.observationSchema());
    refused(look, findings);
    if (look.rows() == 0) {
      findings.wrong("replay.files: " + replay.files() + " (must hold observations)");
      return;
    }
    findings.fine(
        "replay: "
            + look.rows()
            + " observations of "
            + look.keys().size()
            + " keys, each "
            + look.shortest()
            + (look.shortest() == look.longest() ? "" : " to " + look.longest())
            + " long, the first key is "
            + look.keys().get(0)
            + ", from "
            + look.first()
            + " to "
            + look.last()
            + look.distances()
                .usual()
                .map(each -> ", one every " + Durations.format(each))
                .orElse(""));
    oddities(look, findings);
    PartsLook parts = PartsLook.of(deployment, look);
    Map<String, Object> data = new LinkedHashMap<>(new FilesData(look, parts).json());
    findings.tell("files", data);
    Findings learning = new Findings();
    classes(look, learning);
    parts(parts, look, learning);
    Reach reach = new Reach(deployment, look, parts);
    reach.wrong().ifPresent(learning::wrong);
    reach.notes().forEach(learning::note);
    if (learned) {
      learning.ask(new MemoryQuestion(deployment, false, look.longest()));
    }
    if (learned && deployment.input().label().isEmpty() && learning.wrong().isEmpty()) {
      Map<String, List<Integer>> seasons = seasons();
      data.put("seasons", seasons);
      seasons.forEach((target, each) -> learning.fine(line(target, each)));
    }
    findings.add(learning, learned);
  }

  private void refused(FileLook look, Findings findings) {
    long total = look.refused().total();
    if (total == 0) {
      return;
    }
    boolean stops = replay.onError() == ReplaySettings.RowErrors.STOP;
    String line =
        "replay: "
            + total
            + " of "
            + (look.rows() + total)
            + " rows are refused"
            + (stops ? " (must be none, or replay.on-error: skip leaves them out)" : "");
    List<String> reasons = look.refused().lines();
    if (stops) {
      findings.wrong(line);
      reasons.forEach(findings::wrong);
    } else {
      findings.note(line);
      reasons.forEach(findings::note);
    }
  }

  private void oddities(FileLook look, Findings findings) {
    if (look.distances().doubles() + look.distances().back() + look.distances().gaps() > 0) {
      findings.note(
          "replay: "
              + look.distances().doubles()
              + " rows repeat the time of their key's row before, "
              + look.distances().back()
              + " go back, "
              + look.distances().gaps()
              + " gaps");
    }
    if (look.secondPasses() > 0) {
      findings.note(
          "replay: "
              + look.secondPasses()
              + " rows are of an hour that came twice, in its second pass");
    }
    look.far().forEach((name, far) -> findings.note(far.line(name)));
    look.categories()
        .forEach((name, values) -> Categories.line(name, values).ifPresent(findings::note));
    Optional<Duration> interval = deployment.input().interval();
    boolean other =
        interval.isPresent()
            && look.distances().usual().map(each -> !each.equals(interval.get())).orElse(false);
    if (other) {
      findings.note(
          "input.interval: "
              + Durations.format(interval.get())
              + " (the files have one row every "
              + Durations.format(look.distances().usual().orElseThrow())
              + ")");
    }
  }

  private void classes(FileLook look, Findings findings) {
    Optional<String> label = deployment.input().label();
    if (label.isEmpty()) {
      return;
    }
    if (look.classes().isEmpty()) {
      findings.wrong("input.label: " + label.get() + ": no row has one (must have two classes)");
      return;
    }
    ClassNames.lines(label.get(), look.classes(), look.rows()).forEach(findings::note);
    if (look.classes().size() < 2) {
      findings.wrong("input.label: " + label.get() + ": one class (must have two or more)");
    }
  }

  private void parts(PartsLook of, FileLook look, Findings findings) {
    PartsLook.Rows all = of.all();
    Split split = deployment.training().split();
    String parts =
        all.training() + " rows train, " + all.validation() + " validate, " + all.test() + " test";
    String last = "; the last row is of " + look.last() + ")";
    if (all.training() == 0) {
      findings.wrong("training.split: " + parts + " (must leave rows to train)");
    } else if (all.validation() == 0 && split.validationAsked().isPresent()) {
      findings.wrong(
          "training.split: "
              + split.validationAsked().get()
              + ": "
              + parts
              + " (must leave rows to validate"
              + last);
    } else if (all.test() == 0 && of.asksForTest()) {
      findings.wrong("training.split: " + parts + " (must leave rows to test" + last);
    } else {
      findings.fine("split: " + parts);
    }
    if (all.test() > 0 && of.untested() > 0 && !(split instanceof Split.ByKey)) {
      findings.note(
          "training.split: "
              + of.untested()
              + " of "
              + look.keys().size()
              + " keys have no test part ({by: share} divides each key)");
    }
  }

  /** Those that training will take: given, or found in its part of the rows. */
  private Map<String, List<Integer>> seasons() {
    Deployment skipping =
        Settings.with(
            deployment,
            Map.of(
                "replay",
                Optional.of(
                    Settings.with(replay, Map.of("on-error", ReplaySettings.RowErrors.SKIP)))));
    try (Scratch scratch = Scratch.create()) {
      RecordedHistory recorded =
          FileHistory.read(
              skipping, scratch.folder().resolve("h"), HistoryOrder.EVENT_TIME, progress -> {});
      try (History history = History.open(recorded.files(), deployment.input().featureSchema())) {
        return FoundSeasons.of(
            deployment.trainingInput(), deployment.model(), deployment.training(), history);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(String target, List<Integer> seasons) {
    String rows = deployment.input().interval().isPresent() ? " intervals" : " rows";
    return "season of "
        + target
        + ": "
        + (seasons.isEmpty()
            ? "none"
            : seasons.stream().map(String::valueOf).collect(Collectors.joining(" and ")) + rows)
        + (deployment.model().season().isPresent() ? ", as model.season says" : ", by itself");
  }
}
