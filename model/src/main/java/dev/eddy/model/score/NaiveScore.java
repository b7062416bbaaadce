package dev.eddy.model.score;

/**
 * Figures of how good a naive forecaster was over the targets of a {@link ForecastScore}.
 *
 * @param name {@code persistence}, {@code seasonal naive 24} and so on, {@code baseline}
 * @param mae mean absolute error
 * @param mase its {@link ForecastScore#mase}
 */
public record NaiveScore(String name, double mae, double mase) {}
