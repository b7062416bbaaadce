package dev.eddy.model.score;

/**
 * How well one label was told from the others. A share of nothing is 0.
 *
 * @param label the label
 * @param precision share of its answers that were right
 * @param recall share of its frames that were found
 * @param f1 the harmonic mean of both
 * @param support frames that have it
 */
public record LabelScore(String label, double precision, double recall, double f1, long support) {}
