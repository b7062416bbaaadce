package dev.eddy.model.score;

/**
 * Figures of how well one label was held apart from the others. A share of nothing is 0.
 *
 * @param label the label
 * @param precision share of its answers that were right
 * @param recall share of its observations that were found
 * @param f1 the harmonic mean of both
 * @param support observations that have it
 */
public record LabelScore(String label, double precision, double recall, double f1, long support) {}
