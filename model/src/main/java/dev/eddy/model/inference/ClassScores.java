package dev.eddy.model.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores classifications of any number of keys, frame by frame, beside the majority label and the
 * key's previous label. A label that training never saw counts against the model like any other.
 * Confined to one thread.
 */
public final class ClassScores {
  private final List<String> labels;
  private final String majority;
  private final Map<String, KeyScorer> keys = new TreeMap<>();

  /**
   * Scores for one model's classes.
   *
   * @param labels in output order
   * @param majority the most frequent label of the training part
   */
  public ClassScores(List<String> labels, String majority) {
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
    return keys.computeIfAbsent(key, unknown -> new KeyScorer(majority));
  }

  /** Scores of each key, by name; those with nothing scored are left out. */
  public List<ClassScore> perKey() {
    List<ClassScore> scores = new ArrayList<>();
    keys.forEach(
        (key, scorer) -> {
          if (scorer.count > 0) {
            scores.add(scorer.score(key, labels));
          }
        });
    return scores;
  }

  /** The score over all keys' frames together. */
  public ClassScore pooled() {
    KeyScorer sum = new KeyScorer(majority);
    keys.values().forEach(sum::add);
    return sum.score(ForecastScore.ALL, labels);
  }

  private static final class KeyScorer {
    private final String majority;
    private final Map<String, Hits> hits = new HashMap<>();
    private String previous;
    private long count;
    private long right;
    private long majorityRight;
    private long previousRight;

    KeyScorer(String majority) {
      this.majority = majority;
      this.previous = majority; // the best guess before any label of this key is known
    }

    void score(String truth, String answer) {
      count++;
      right += truth.equals(answer) ? 1 : 0;
      majorityRight += truth.equals(majority) ? 1 : 0;
      previousRight += truth.equals(previous) ? 1 : 0;
      previous = truth;
      of(truth).occurred++;
      of(answer).answered++;
      of(answer).right += truth.equals(answer) ? 1 : 0;
    }

    private Hits of(String label) {
      return hits.computeIfAbsent(label, unknown -> new Hits());
    }

    void add(KeyScorer other) {
      count += other.count;
      right += other.right;
      majorityRight += other.majorityRight;
      previousRight += other.previousRight;
      other.hits.forEach((label, more) -> of(label).add(more));
    }

    ClassScore score(String key, List<String> labels) {
      Map<String, Double> f1 = new LinkedHashMap<>();
      for (String label : labels) {
        Hits found = hits.get(label);
        if (found != null) {
          f1.put(label, found.f1());
        }
      }
      new TreeMap<>(hits).forEach((label, found) -> f1.putIfAbsent(label, found.f1()));
      double sum = f1.values().stream().mapToDouble(Double::doubleValue).sum();
      return new ClassScore(
          key,
          count,
          share(right),
          f1.isEmpty() ? 0 : sum / f1.size(),
          f1,
          share(majorityRight),
          share(previousRight));
    }

    private double share(long part) {
      return count == 0 ? 0 : (double) part / count;
    }
  }

  private static final class Hits {
    private long occurred;
    private long answered;
    private long right;

    void add(Hits other) {
      occurred += other.occurred;
      answered += other.answered;
      right += other.right;
    }

    double f1() {
      return 2.0 * right / (occurred + answered);
    }
  }
}
