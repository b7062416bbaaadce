package dev.eddy.pipeline.check;

import dev.eddy.connectors.file.ClassNames;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
            + look.distance().map(each -> ", one every " + Durations.format(each)).orElse(""));
    oddities(look, findings);
    Findings learning = new Findings();
    classes(look, learning);
    new PartsLook(deployment, look).ask(learning);
    history(look, learning);
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
    if (look.doubles() + look.back() + look.gaps() > 0) {
      findings.note(
          "replay: "
              + look.doubles()
              + " rows repeat the time of their key's row before, "
              + look.back()
              + " go back, "
              + look.gaps()
              + " gaps");
    }
    if (look.secondPasses() > 0) {
      findings.note(
          "replay: "
              + look.secondPasses()
              + " rows are of an hour that came twice, in its second pass");
    }
    Optional<Duration> interval = deployment.input().interval();
    boolean other =
        interval.isPresent()
            && look.distance().map(each -> !each.equals(interval.get())).orElse(false);
    if (other) {
      findings.note(
          "input.interval: "
              + Durations.format(interval.get())
              + " (the files have one row every "
              + Durations.format(look.distance().orElseThrow())
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

  /** Whether the settings ask for more rows than a key has. */
  private void history(FileLook look, Findings findings) {
    int longest = look.longest();
    int horizon =
        deployment.model().horizons().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (deployment.input().label().isEmpty() && horizon >= longest) {
      findings.wrong(
          "model.horizons: "
              + horizon
              + " (must be less than the longest key's rows, "
              + longest
              + ")");
    }
    int sequence = deployment.training().sequenceLength();
    if (sequence > longest) {
      findings.note(
          "training.sequence-length: "
              + sequence
              + " is more than the longest key's rows, "
              + longest
              + ": sequences are as long as the keys");
    }
  }
}
