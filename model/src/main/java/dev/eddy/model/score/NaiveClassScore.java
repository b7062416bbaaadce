package dev.eddy.model.score;

/**
 * Figures of how good an answer without a model was over the observations of a {@link ClassScore}.
 *
 * @param name {@code majority label} or {@code previous label}
 * @param accuracy share of observations with the right answer
 * @param macroF1 mean F1 of the labels that occurred or were answered
 */
public record NaiveClassScore(String name, double accuracy, double macroF1) {}
