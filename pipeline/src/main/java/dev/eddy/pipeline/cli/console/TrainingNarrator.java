package dev.eddy.pipeline.cli.console;

import dev.eddy.model.training.TrainingProgress;

/** Shows how far training is, with the estimated rest. */
public final class TrainingNarrator implements TrainingProgress {
  private static final int LEAST_SHARE = 20; // before a twentieth is done, time is start-up
  private static final int LEAST_DONE = 20;

  private final Console console;

  /** Shows it on {@code console}. */
  public TrainingNarrator(Console console) {
    this.console = console;
  }

  @Override
  public void report(Report report) {
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

  private static String name(Phase phase) {
    return switch (phase) {
      case FIT_ENCODING -> "fitting scales and baselines, keys";
      case ENCODE -> "encoding, keys";
      case TRAIN -> "training, updates";
      case CALIBRATE -> "calibrating intervals, keys";
      case REFIT -> "refitting with the validation part, updates";
      case EVALUATE -> "judging, keys";
    };
  }
}
