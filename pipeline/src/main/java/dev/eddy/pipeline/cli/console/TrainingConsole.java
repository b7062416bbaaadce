package dev.eddy.pipeline.cli.console;

import dev.eddy.connectors.file.ReplayProgress;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.TrainingProgress;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.judge.Verdict;
import dev.eddy.pipeline.rows.Categories;
import dev.eddy.pipeline.train.TrainListener;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows on the console how a model is made: what was read, how far training is, what came of it.
 */
public final class TrainingConsole implements TrainListener {
  private static final int LEAST_SHARE = 20; // before a twentieth is done, time is start-up
  private static final int LEAST_DONE = 20;

  private final Console console;
  private final String store;

  /**
   * Shows it on {@code console}.
   *
   * @param store where the version is published
   */
  public TrainingConsole(Console console, String store) {
    this.console = console;
    this.store = store;
  }

  @Override
  public void reading(ReplayProgress progress) {
    console.progress("  " + Formats.progress(progress));
  }

  @Override
  public void brokers(String line) {
    console.line(line);
  }

  @Override
  public void read(RecordedHistory history) {
    Formats.read(history).forEach(console::line);
  }

  @Override
  public void training(TrainingProgress.Report report) {
    StringBuilder text = new StringBuilder("  ");
    text.append(name(report.phase())).append(' ');
    text.append(Formats.count(report.done())).append('/').append(Formats.count(report.total()));
    if (Double.isFinite(report.trainingLoss())) {
      text.append(", loss ").append(Formats.value(report.trainingLoss()));
    }
    if (Double.isFinite(report.validationLoss())) {
      text.append(", validation ").append(Formats.value(report.validationLoss()));
    }
    boolean underWay = report.done() >= LEAST_DONE && report.done() * LEAST_SHARE >= report.total();
    if (report.done() < report.total() && underWay) {
      text.append(", about ").append(Formats.seconds(report.remaining())).append(" to go");
    }
    console.progress(text.toString());
  }

  private static String name(TrainingProgress.Phase phase) {
    return switch (phase) {
      case FIT_ENCODING -> "fitting scales and baselines, keys";
      case ENCODE -> "encoding, keys";
      case TRAIN -> "training, updates";
      case CALIBRATE -> "calibrating intervals, keys";
      case REFIT -> "refitting with the validation part, updates";
      case EVALUATE -> "judging, keys";
    };
  }

  @Override
  public void trained(TrainingResult result) {
    TrainingResult.Summary summary = result.summary();
    console.line(
        "trained "
            + result.spec().network().summary()
            + " on "
            + Formats.count(summary.observations())
            + " observations: "
            + Formats.count(summary.updates())
            + " updates in "
            + Formats.seconds(summary.seconds())
            + ", best after "
            + summary.bestUpdates().stream()
                .map(Formats::count)
                .collect(Collectors.joining(" and ")));
    manyCategories(result.spec().input());
    if (Double.isNaN(summary.validationLoss())) {
      console.line("without a validation part: no early stopping, the last update is published");
    }
  }

  private void manyCategories(InputEncoding input) {
    Stream.concat(input.categorical().stream(), input.statics().categorical().stream())
        .forEach(
            each -> Categories.line(each.name(), each.values().size()).ifPresent(console::line));
  }

  @Override
  public void judging(int keys) {
    console.progress("  judging beside the champion, keys " + Formats.count(keys));
  }

  @Override
  public void published(
      PublishedModel version, Optional<Announced> announced, Optional<Verdict> verdict) {
    announced.flatMap(Announced::note).ifPresent(console::line);
    verdict.filter(this::tells).ifPresent(each -> console.line("judged: " + each.line()));
    console.line(
        "published "
            + version.id()
            + announced.map(this::serving).orElseGet(() -> unannounced(version, verdict)));
  }

  /** Of a first version that nothing was held back for, there is nothing to tell. */
  private boolean tells(Verdict verdict) {
    return verdict.champion().isPresent() || verdict.judged() > 0;
  }

  private String serving(Announced announced) {
    return announced.first()
        ? ", serving from the beginning"
        : (announced.announcement().shadow() ? ", a shadow from " : ", serving from ")
            + Instant.ofEpochMilli(announced.announcement().effectiveFrom());
  }

  private String unannounced(PublishedModel version, Optional<Verdict> verdict) {
    return verdict
        .map(
            each ->
                ", not announced"
                    + each.champion().map(champion -> ", " + champion + " goes on").orElse("")
                    + "; eddy models announce "
                    + version.id()
                    + " does it all the same")
        .orElse(" to " + store + "; not announced, without Kafka");
  }
}
