package dev.eddy.model.settings;

import dev.eddy.settings.Require;
import java.util.OptionalInt;

/**
 * How the network is trained; the {@code training:} block. {@link #builder} knows the defaults.
 *
 * @param split which part of the history trains, validates and tests; required
 * @param updates Adam updates at most; default 1500
 * @param batch sequences per update; default 32
 * @param sequenceLength T, observations per sequence, and so how far back an error flows (truncated
 *     backpropagation through time); default 192
 * @param burnIn first observations of a sequence that warm the hidden state and are masked from the
 *     loss, except at the true start of a series; default 24
 * @param learningRate Adam's first learning rate, decayed to 0 along a cosine; default 3e-3
 * @param dropout the share of units dropped between layers, one mask a sequence; default 0.2
 * @param weightDecay decoupled decay of the weight matrices per update, times the learning rate;
 *     default 1
 * @param averaging the share that each update leaves of the average of the parameters, which is
 *     what is validated and published; 0 publishes those of the last update; default 0.99
 * @param clip longest gradient of a layer, in L2 norm; default 1
 * @param validateEvery updates between two looks at the validation part, at most; looks are closer
 *     while few updates are made, because a short history is soon learned; default 50
 * @param patience training stops once {@code patience * validateEvery} updates brought no
 *     improvement on the validation part; default 10
 * @param refit whether the published network is trained once more, on training plus validation;
 *     default true
 * @param seed of the first weights, the sequences drawn, dropout and a split by fraction; default 1
 * @param seeds how many networks are trained, from {@code seed}, {@code seed + 1} and so on; the
 *     version serves the mean of their outputs, at the cost of as many steps; default 1
 * @param naiveSeason a season, in observations (or intervals), whose naive forecasts the model is
 *     judged beside, as it is beside those of the target's own seasons, and by which MASE is
 *     scaled; empty: the target's shortest; default empty
 * @param threads of native code; more than 1 pays only on idle processors, and costs much on busy
 *     ones; default 1
 */
public record TrainingSettings(
    Split split,
    int updates,
    int batch,
    int sequenceLength,
    int burnIn,
    double learningRate,
    double dropout,
    double weightDecay,
    double averaging,
    double clip,
    int validateEvery,
    int patience,
    boolean refit,
    long seed,
    int seeds,
    OptionalInt naiveSeason,
    int threads) {

  public TrainingSettings {
    Require.atLeast(1, "training.updates", updates);
    Require.atLeast(1, "training.batch", batch);
    Require.atLeast(2, "training.sequence-length", sequenceLength);
    Require.that(
        burnIn >= 0 && burnIn < sequenceLength,
        "training.burn-in",
        burnIn,
        "0 or more, less than sequence-length, " + sequenceLength);
    Require.that(learningRate > 0, "training.learning-rate", learningRate, "above 0");
    Require.that(dropout >= 0 && dropout < 1, "training.dropout", dropout, "0 or more, below 1");
    Require.that(weightDecay >= 0, "training.weight-decay", weightDecay, "0 or more");
    Require.that(
        averaging >= 0 && averaging < 1, "training.averaging", averaging, "0 or more, below 1");
    Require.that(clip > 0, "training.clip", clip, "above 0");
    Require.atLeast(1, "training.validate-every", validateEvery);
    Require.atLeast(1, "training.patience", patience);
    Require.atLeast(1, "training.seeds", seeds);
    naiveSeason.ifPresent(season -> Require.atLeast(1, "training.naive-season", season));
    Require.atLeast(1, "training.threads", threads);
  }

  /** The same for a history that lacks its test part. */
  public TrainingSettings withoutTest() {
    return with(split.withoutTest(), seed);
  }

  /** The same for one network, which begins from another seed. */
  public TrainingSettings withSeed(long other) {
    return with(split, other);
  }

  private TrainingSettings with(Split newSplit, long newSeed) {
    return new TrainingSettings(
        newSplit,
        updates,
        batch,
        sequenceLength,
        burnIn,
        learningRate,
        dropout,
        weightDecay,
        averaging,
        clip,
        validateEvery,
        patience,
        refit,
        newSeed,
        seeds,
        naiveSeason,
        threads);
  }

  /** Starts from the defaults. */
  public static Builder builder(Split split) {
    return new Builder(split);
  }

  /** Collects settings; each method is named after the field it sets. */
  public static final class Builder {
    private final Split split;
    private int updates = 1500;
    private int batch = 32;
    private int sequenceLength = 192;
    private int burnIn = 24;
    private double learningRate = 3e-3;
    private double dropout = 0.2;
    private double weightDecay = 1;
    private double averaging = 0.99;
    private double clip = 1;
    private int validateEvery = 50;
    private int patience = 10;
    private boolean refit = true;
    private long seed = 1;
    private int seeds = 1;
    private OptionalInt naiveSeason = OptionalInt.empty();
    private int threads = 1;

    private Builder(Split split) {
      this.split = split;
    }

    public Builder updates(int value) {
      updates = value;
      return this;
    }

    public Builder batch(int value) {
      batch = value;
      return this;
    }

    public Builder sequenceLength(int value) {
      sequenceLength = value;
      return this;
    }

    public Builder burnIn(int value) {
      burnIn = value;
      return this;
    }

    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    public Builder dropout(double value) {
      dropout = value;
      return this;
    }

    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    public Builder averaging(double value) {
      averaging = value;
      return this;
    }

    public Builder clip(double value) {
      clip = value;
      return this;
    }

    public Builder validateEvery(int value) {
      validateEvery = value;
      return this;
    }

    public Builder patience(int value) {
      patience = value;
      return this;
    }

    public Builder refit(boolean value) {
      refit = value;
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public Builder seeds(int value) {
      seeds = value;
      return this;
    }

    public Builder naiveSeason(OptionalInt value) {
      naiveSeason = value;
      return this;
    }

    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException naming the first one that is out of range
     */
    public TrainingSettings build() {
      return new TrainingSettings(
          split,
          updates,
          batch,
          sequenceLength,
          burnIn,
          learningRate,
          dropout,
          weightDecay,
          averaging,
          clip,
          validateEvery,
          patience,
          refit,
          seed,
          seeds,
          naiveSeason,
          threads);
    }
  }
}
