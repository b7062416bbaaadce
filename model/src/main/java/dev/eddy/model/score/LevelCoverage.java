package dev.eddy.model.score;

/**
 * Share of actuals that were at or below a forecast's quantile; equal to its level, were it true.
 *
 * @param level of the quantile, between 0 and 1
 * @param observed share of actuals, between 0 and 1
 */
public record LevelCoverage(double level, double observed) {}
