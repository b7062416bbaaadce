package dev.eddy.model.score;

/**
 * Says by how much one forecaster does better than another on the same forecasts, and how sure that
 * is.
 *
 * @param over the other's name
 * @param share by which its loss is less, of the other's; below 0 where it is more
 * @param probability that it is less, over other times and keys alike
 */
public record Gain(String over, double share, double probability) {
  /** What counts as more than noise. */
  public static final double SURE = 0.9;

  /** Whether it is better by more than noise. */
  public boolean isSure() {
    return share > 0 && probability >= SURE;
  }
}
