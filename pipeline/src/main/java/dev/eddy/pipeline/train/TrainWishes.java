package dev.eddy.pipeline.train;

import dev.eddy.pipeline.judge.Promotion;

/**
 * What is asked of one training beside what its deployment says.
 *
 * @param promotion which versions are announced
 * @param fineTune whether the network goes on from the champion's
 * @param shadow whether it is announced as a shadow, however it is judged
 */
public record TrainWishes(Promotion promotion, boolean fineTune, boolean shadow) {
  /** What is asked where nothing is said. */
  public static final TrainWishes DEFAULT = new TrainWishes(Promotion.IF_BETTER, false, false);

  /** Of a version that is to serve. */
  public TrainWishes(Promotion promotion, boolean fineTune) {
    this(promotion, fineTune, false);
  }
}
