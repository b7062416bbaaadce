package dev.eddy.model.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores classifications of any number of keys, observation by observation, beside the majority
 * label and the key's previous label. A label that training never saw counts against the model like
 * any other. Confined to one thread.
 */
public final class ClassTally {
  private final List<String> labels;
  private final String majority;
  private final Map<String, KeyTally> keys = new TreeMap<>();

  /**
   * Scores for one model's classes.
   *
   * @param labels in output order
   * @param majority the most frequent label of the training part
   */
  public ClassTally(List<String> labels, String majority) {
    this.labels = List.copyOf(labels);
    this.majority = majority;
  }

  /** Takes in an observation that is not scored: only its label is remembered, if it has one. */
  public void pass(String key, @Nullable String label) {
    if (label != null) {
      tally(key).previous = label;
    }
  }

  /**
   * Scores one observation.
   *
   * @param label the truth; null where unknown, and the observation is not scored
   * @param probabilities [labels] what the model said; the first of equals is its answer
   */
  public void score(String key, @Nullable String label, double[] probabilities) {
    if (label == null) {
      return;
    }
    int best = 0;
    for (int index = 1; index < labels.size(); index++) {
      best = probabilities[index] > probabilities[best] ? index : best;
    }
    tally(key).score(label, labels.get(best));
  }

  private KeyTally tally(String key) {
    return keys.computeIfAbsent(key, unknown -> new KeyTally());
  }

  /** Scores of each key, by name; those with nothing scored are left out. */
  List<ClassScore> perKey() {
    List<ClassScore> scores = new ArrayList<>();
    keys.forEach(
        (key, tally) -> {
          if (tally.model.count() > 0) {
            scores.add(tally.score(key));
          }
        });
    return scores;
  }

  /** The score over all keys' observations together. */
  public ClassScore pooled() {
    KeyTally sum = new KeyTally();
    keys.values().forEach(sum::add);
    return sum.score(ForecastScore.ALL);
  }

  /** One key: its answers, and those without a model. */
  private final class KeyTally {
    private final Confusion model = new Confusion();
    private final Confusion ofMajority = new Confusion();
    private final Confusion ofPrevious = new Confusion();
    private String previous = majority; // the best guess before any label of this key is known

    void score(String truth, String answer) {
      model.add(truth, answer);
      ofMajority.add(truth, majority);
      ofPrevious.add(truth, previous);
      previous = truth;
    }

    void add(KeyTally other) {
      model.add(other.model);
      ofMajority.add(other.ofMajority);
      ofPrevious.add(other.ofPrevious);
    }

    ClassScore score(String key) {
      List<LabelScore> perLabel = model.labels(labels);
      return new ClassScore(
          key,
          model.count(),
          model.accuracy(),
          model.macroF1(),
          perLabel,
          model.table(perLabel.stream().map(LabelScore::label).toList()),
          new NaiveClassScore("majority label", ofMajority.accuracy(), ofMajority.macroF1()),
          new NaiveClassScore("previous label", ofPrevious.accuracy(), ofPrevious.macroF1()));
    }
  }
}
