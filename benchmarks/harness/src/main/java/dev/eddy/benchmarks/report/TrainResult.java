package dev.eddy.benchmarks.report;

/** How fast an engine trains a cell: forward, backward and update. */
public record TrainResult(
    String cell, int hidden, String engine, double sequencesPerSecond, double tokensPerSecond) {}
