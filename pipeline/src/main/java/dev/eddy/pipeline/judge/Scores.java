package dev.eddy.pipeline.judge;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.LossTable;
import java.util.List;

/** Scores what two versions have said after the same observations. Confined to one thread. */
interface Scores {
  /** Blocks of time into which what is judged is cut at most, so that some can be drawn. */
  int MOST_BLOCKS = 64;

  /**
   * Takes in a key's next observation.
   *
   * @param own what the new version said after it
   * @param other what the champion said; the same where there is none
   * @param scored whether neither of them has seen it
   */
  void add(Contestant.Answer own, Contestant.Answer other, boolean scored);

  /** The key is done. */
  void end(String key);

  /** How the new version did. */
  Evaluation own();

  /** How the champion did, on the same. */
  Evaluation other();

  /** Losses in columns: as {@link #naive} says, and of the two. */
  LossTable losses();

  /** Columns of the new version's and of the champion's losses that are set beside each other. */
  int[] versions();

  /** Column of the new version's losses that are set beside those of {@link #naive}. */
  int besideNaive();

  /** Names of what needs no model; their losses stand in the columns from {@link #firstNaive}. */
  List<String> naive();

  /** Column of the first of them. */
  int firstNaive();

  /** Mean log losses of classes: of the new version, the champion, the frequencies; else none. */
  default List<Double> logLosses() {
    return List.of();
  }

  /** What the losses of the versions are called, and those beside the naive ones. */
  List<String> called();
}
