package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ClassScore;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.LabelScore;
import dev.eddy.model.score.NaiveClassScore;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.ReportTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lays the scores of classes out as tables, and says in sentences what they are worth. */
final class ClassTables {
  private final ClassScore pooled;
  private final List<ClassScore> keys;

  ClassTables(Evaluation evaluation) {
    pooled = evaluation.pooledClasses().get(0);
    keys = evaluation.classesOfKeys();
  }

  /** The model beside the answers that need none. */
  ReportTable besideNaive() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("model", pooled.accuracy(), pooled.macroF1()));
    rows.add(row(pooled.majority().name(), pooled.majority()));
    rows.add(row(pooled.previous().name() + ", were it known in time", pooled.previous()));
    return new ReportTable(List.of("answer", "accuracy", "macro-F1"), rows);
  }

  private static List<String> row(String name, double accuracy, double macroF1) {
    return List.of(name, Formats.value(accuracy), Formats.value(macroF1));
  }

  /** Each label by itself. */
  ReportTable labels() {
    return new ReportTable(
        List.of("label", "precision", "recall", "F1", "frames"),
        pooled.labels().stream().map(ClassTables::row).toList());
  }

  private static List<String> row(String name, NaiveClassScore naive) {
    return row(name, naive.accuracy(), naive.macroF1());
  }

  private static List<String> row(LabelScore label) {
    return List.of(
        label.label(),
        Formats.value(label.precision()),
        Formats.value(label.recall()),
        Formats.value(label.f1()),
        Formats.count(label.support()));
  }

  /** Answers by their true labels. */
  ReportTable confusion() {
    List<String> labels = List.copyOf(pooled.confusion().keySet());
    List<String> heads = new ArrayList<>(List.of("true \\ answered"));
    heads.addAll(labels);
    return new ReportTable(
        heads,
        pooled.confusion().entrySet().stream()
            .map(
                row -> {
                  List<String> cells = new ArrayList<>(List.of(row.getKey()));
                  row.getValue().values().forEach(count -> cells.add(Formats.count(count)));
                  return cells;
                })
            .toList());
  }

  /** The keys' scores, the least accurate first. */
  ReportTable keys() {
    return new ReportTable(
        List.of("key", "scored", "accuracy", "macro-F1", "majority label", "previous label"),
        keys.stream()
            .sorted(Comparator.comparingDouble(ClassScore::accuracy))
            .map(
                score ->
                    List.of(
                        score.key(),
                        Formats.count(score.count()),
                        Formats.value(score.accuracy()),
                        Formats.value(score.macroF1()),
                        Formats.value(score.majority().accuracy()),
                        Formats.value(score.previous().accuracy())))
            .toList());
  }

  /**
   * Whether the model beats what anyone could say without one, and by how much. The label before
   * stands in the tables alone: who runs a model to learn labels does not know it in time.
   */
  List<String> verdicts() {
    return List.of(verdict("the majority label", pooled.majority()));
  }

  private String verdict(String name, NaiveClassScore naive) {
    double gain = pooled.macroF1() - naive.macroF1();
    double accuracy = pooled.accuracy() - naive.accuracy();
    return (gain > 0 ? "beats " : "DOES NOT beat ")
        + name
        + (gain > 0 ? " by " : ", worse by ")
        + Formats.value(Math.abs(gain))
        + " macro-F1 ("
        + (accuracy < 0 ? "−" : "+")
        + Formats.value(Math.abs(accuracy))
        + " accuracy)";
  }
}
