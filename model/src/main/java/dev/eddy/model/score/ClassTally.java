package dev.eddy.model.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores classifications of any number of keys, frame by frame, beside the majority label and the
 * key's previous label. A label that training never saw counts against the model like any other.
 * Confined to one thread.
 */
public final class ClassTally {
  private final List<String> labels;
  private final String majority;
  private final Map<String, KeyScorer> keys = new TreeMap<>();

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

  /** Takes in a frame that is not scored: only its label is remembered, if it has one. */
  public void pass(String key, @Nullable String label) {
    if (label != null) {
      scorer(key).previous = label;
    }
  }

  /**
   * Scores one frame.
   *
   * @param label the truth; null where unknown, and the frame is not scored
   * @param probabilities [labels] what the model said; the first of equals is its answer
   */
  public void score(String key, @Nullable String label, float[] probabilities) {
    if (label == null) {
      return;
    }
    int best = 0;
    for (int index = 1; index < labels.size(); index++) {
      best = probabilities[index] > probabilities[best] ? index : best;
    }
    scorer(key).score(label, labels.get(best));
  }

  private KeyScorer scorer(String key) {
    return keys.computeIfAbsent(key, unknown -> new KeyScorer());
  }

  /** Scores of each key, by name; those with nothing scored are left out. */
  public List<ClassScore> perKey() {
    List<ClassScore> scores = new ArrayList<>();
    keys.forEach(
        (key, scorer) -> {
          if (scorer.model.count() > 0) {
            scores.add(scorer.score(key));
          }
        });
    return scores;
  }

  /** The score over all keys' frames together. */
  public ClassScore pooled() {
    KeyScorer sum = new KeyScorer();
    keys.values().forEach(sum::add);
    return sum.score(ForecastScore.ALL);
  }

  private final class KeyScorer {
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

    void add(KeyScorer other) {
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
