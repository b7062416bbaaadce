package dev.eddy.pipeline.judge;

import dev.eddy.connectors.event.Observation;
import dev.eddy.model.score.ClassTally;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.LossTable;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import java.util.List;
import java.util.stream.IntStream;

/** Scores classes by their log loss, beside that of how often each class is. */
final class ClassScores implements Scores {
  private static final int OWN = 0;
  private static final int OTHER = 1;
  private static final int FREQUENCIES = 2;
  private static final double LEAST = 1e-7; // of a probability, so that one slip is not infinite
  private static final int HANGS_TOGETHER = 100; // observations, typically

  private final List<String> labels;
  private final List<String> otherLabels;
  private final Frequencies frequencies;
  private final ClassTally own;
  private final ClassTally other;
  private final LossTable losses;

  /**
   * Scores.
   *
   * @param other the champion's classes; the same where there is none
   */
  ClassScores(
      Head.Classes own, Head.Classes other, Frequencies frequencies, ModelSpec spec, long span) {
    labels = own.labels();
    otherLabels = other.labels();
    this.frequencies = frequencies;
    String majority = frequencies.majority(labels.get(0));
    this.own = new ClassTally(labels, majority);
    this.other = new ClassTally(otherLabels, majority);
    long block = HANGS_TOGETHER * spec.input().typicalGap().toMillis();
    losses = new LossTable(FREQUENCIES + 1, Math.max(block, span / MOST_BLOCKS));
  }

  @Override
  public void add(Contestant.Answer answer, Contestant.Answer others, boolean scored) {
    Observation observation = answer.observation();
    String label = observation.label();
    double[] said = answer.said();
    double[] otherSaid = others.said();
    if (label == null || said == null || otherSaid == null || !scored) {
      own.pass(observation.key(), label);
      other.pass(observation.key(), label);
      return;
    }
    own.score(observation.key(), label, said);
    other.score(observation.key(), label, otherSaid);
    losses.add(
        0,
        observation.time(),
        loss(labels, label, said),
        loss(otherLabels, label, otherSaid),
        -Math.log(frequencies.probability(label)));
  }

  private static double loss(List<String> labels, String label, double[] probabilities) {
    int at = labels.indexOf(label);
    return -Math.log(Math.max(LEAST, at < 0 ? 0 : probabilities[at]));
  }

  @Override
  public void end(String key) {
    losses.endKey(means -> 1);
  }

  @Override
  public Evaluation own() {
    return Evaluation.of(own);
  }

  @Override
  public Evaluation other() {
    return Evaluation.of(other);
  }

  @Override
  public LossTable losses() {
    return losses;
  }

  @Override
  public List<Double> logLosses() {
    return IntStream.rangeClosed(OWN, FREQUENCIES)
        .mapToObj(column -> losses.sum(column) / losses.count())
        .toList();
  }

  @Override
  public int[] versions() {
    return new int[] {OWN, OTHER};
  }

  @Override
  public int besideNaive() {
    return OWN;
  }

  @Override
  public List<String> naive() {
    return List.of("smoothed class frequencies");
  }

  @Override
  public int firstNaive() {
    return FREQUENCIES;
  }

  @Override
  public List<String> called() {
    return List.of("log loss", "log loss");
  }
}
