package dev.eddy.model.fit;

import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fits the input encoding to what the training part alone says about the inputs: the scale of each
 * numeric feature, the vocabulary of each categorical one, the usual gap, the labels. Feed it key
 * by key.
 */
public final class EncodingFit {
  private static final double SKEWED = 2;
  private static final double STRAIGHTENED = 0.9; // of the skew that was
  private static final int GAPS = 100_000;

  /** For classes: forecasts have their residual unit, and did not gain by these. */
  private static final List<Integer> DEVIATION_SPANS = List.of(4, 16);

  private final InputSettings settings;
  private final Moments[] plain;
  private final Moments[] logarithmic;
  private final Moments[] plainAhead; // of values known ahead, for features that are never observed
  private final Moments[] logarithmicAhead;
  private final OwnPriorFit[] plainPriors;
  private final OwnPriorFit[] logarithmicPriors;
  private final List<Set<String>> vocabularies = new ArrayList<>();
  private final Map<String, Long> labels = new TreeMap<>();
  private final Reservoir gaps;
  private long observations;

  /**
   * A fit to nothing yet.
   *
   * @param seed of the sample of gaps
   */
  public EncodingFit(InputSettings settings, long seed) {
    this.settings = settings;
    int features = settings.features().numeric().size();
    plain = new Moments[features];
    logarithmic = new Moments[features];
    plainAhead = new Moments[features];
    logarithmicAhead = new Moments[features];
    plainPriors = new OwnPriorFit[features];
    logarithmicPriors = new OwnPriorFit[features];
    for (int i = 0; i < features; i++) {
      plain[i] = new Moments();
      logarithmic[i] = new Moments();
      plainAhead[i] = new Moments();
      logarithmicAhead[i] = new Moments();
      plainPriors[i] = new OwnPriorFit();
      logarithmicPriors[i] = new OwnPriorFit();
    }
    settings.features().categorical().forEach(name -> vocabularies.add(new TreeSet<>()));
    gaps = new Reservoir(GAPS, seed);
  }

  /** Adds a key: what of it is in the training part. */
  public void add(KeyHistory history, Parts parts) {
    for (int row = 0; row < history.length(); row++) {
      RawInput input = history.inputs().get(row);
      if (parts.of(history.key(), input.time()) != Part.TRAINING) {
        continue;
      }
      observations++;
      if (row > 0) {
        gaps.add((float) (input.time() - history.time(row - 1)));
      }
      addFeatures(input);
      addAhead(input.future());
      history.futureUpdatesBefore(row).forEach(futureUpdate -> addAhead(futureUpdate.future()));
      String label = history.labels()[row];
      if (label != null) {
        labels.merge(label, 1L, Long::sum);
      }
    }
    for (int i = 0; i < plain.length; i++) {
      plainPriors[i].endKey();
      logarithmicPriors[i].endKey();
    }
  }

  private void addFeatures(RawInput input) {
    for (int i = 0; i < plain.length; i++) {
      double value = input.numeric()[i];
      if (Double.isFinite(value)) {
        plain[i].add(value);
        double logarithm = Math.log1p(Math.max(value, 0));
        logarithmic[i].add(logarithm);
        plainPriors[i].add(value);
        logarithmicPriors[i].add(logarithm);
      }
    }
    for (int i = 0; i < vocabularies.size(); i++) {
      String category = input.categories()[i];
      if (category != null) {
        vocabularies.get(i).add(category);
      }
    }
  }

  private void addAhead(RawFuture future) {
    for (int i = 0; i < future.size(); i++) {
      double value = future.values()[i];
      if (Double.isFinite(value)) {
        plainAhead[future.features()[i]].add(value);
        logarithmicAhead[future.features()[i]].add(Math.log1p(Math.max(value, 0)));
      }
    }
  }

  /** Observations of the training part. */
  public long observations() {
    return observations;
  }

  /** The training part's labels with their counts, sorted by name. */
  public Map<String, Long> labels() {
    return labels;
  }

  /** The interval where there is one, else the median gap between a key's observations. */
  public Duration typicalGap() {
    return settings
        .interval()
        .orElseGet(
            () -> {
              double median = gaps.quantiles(0.5)[0];
              return Duration.ofMillis(Math.max(1, Math.round(median))); // NaN rounds to 0
            });
  }

  /**
   * The encoding.
   *
   * @param seasons of each target
   * @param horizons at which values known ahead enter, as far as they reach
   */
  public InputEncoding encoding(List<List<Integer>> seasons, List<Integer> horizons) {
    List<InputEncoding.NumericFeature> numeric = numeric();
    List<InputEncoding.CategoricalFeature> categorical = categorical();
    InputEncoding.Statics statics =
        new InputEncoding.Statics(
            numeric.stream().filter(each -> isStatic(each.name())).toList(),
            categorical.stream().filter(each -> isStatic(each.name())).toList());
    numeric.removeAll(statics.numeric());
    categorical.removeAll(statics.categorical());
    return new InputEncoding(
        numeric,
        categorical,
        settings.calendar(),
        settings.zone(),
        settings.interval(),
        typicalGap(),
        targets(seasons),
        settings.classifies() ? DEVIATION_SPANS : List.of(),
        statics,
        settings.future().map(known -> future(known, horizons)));
  }

  private List<InputEncoding.NumericFeature> numeric() {
    List<InputEncoding.NumericFeature> numeric = new ArrayList<>();
    for (int i = 0; i < plain.length; i++) {
      boolean observed = plain[i].count() > 0;
      Moments values = observed ? plain[i] : plainAhead[i];
      Moments logarithms = observed ? logarithmic[i] : logarithmicAhead[i];
      boolean log1p = isStraightenedBy(logarithms, values);
      Moments moments = log1p ? logarithms : values;
      OwnPriorFit priors = log1p ? logarithmicPriors[i] : plainPriors[i];
      int ownPrior = settings.classifies() ? priors.best(moments.mean()) : 0;
      String name = settings.features().numeric().get(i);
      numeric.add(
          new InputEncoding.NumericFeature(
              name, log1p, moments.mean(), moments.deviation(), ownPrior));
    }
    return numeric;
  }

  /** Far from 0, where 1e9 ± 10 lie, logarithms are as skewed as the values. */
  private static boolean isStraightenedBy(Moments logarithms, Moments values) {
    return values.isNonNegative()
        && values.skew() > SKEWED
        && logarithms.skew() < STRAIGHTENED * values.skew();
  }

  private List<InputEncoding.CategoricalFeature> categorical() {
    List<InputEncoding.CategoricalFeature> categorical = new ArrayList<>();
    for (int i = 0; i < vocabularies.size(); i++) {
      categorical.add(
          new InputEncoding.CategoricalFeature(
              settings.features().categorical().get(i), List.copyOf(vocabularies.get(i))));
    }
    return categorical;
  }

  private List<InputEncoding.Target> targets(List<List<Integer>> seasons) {
    List<InputEncoding.Target> targets = new ArrayList<>();
    for (int i = 0; i < seasons.size(); i++) {
      targets.add(new InputEncoding.Target(settings.targets().get(i), seasons.get(i)));
    }
    return targets;
  }

  private boolean isStatic(String name) {
    return settings.statics().contains(name);
  }

  private static InputEncoding.Future future(
      InputSettings.Future settings, List<Integer> horizons) {
    return new InputEncoding.Future(
        settings.features(),
        settings.reach(),
        horizons.stream().filter(horizon -> horizon <= settings.reach()).toList());
  }
}
