package dev.eddy.pipeline.cli;

import dev.eddy.model.training.Evaluation;
import dev.eddy.model.training.Evaluation.ClassScore;
import dev.eddy.model.training.Evaluation.ForecastScore;
import dev.eddy.pipeline.cli.report.ReportTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation as a table, as sentences and as JSON. */
public final class ScoreTable {
  /** More keys than this are shown as all keys together only. */
  private static final int MOST_KEYS = 12;

  private ScoreTable() {}

  /** One row for each key and horizon, or for each key. */
  public static ReportTable of(Evaluation evaluation) {
    return evaluation.classes().isEmpty()
        ? forecasts(evaluation.forecasts())
        : classes(evaluation.classes());
  }

  private static ReportTable forecasts(List<ForecastScore> scores) {
    boolean few = scores.stream().map(ForecastScore::key).distinct().count() <= MOST_KEYS + 1;
    return new ReportTable(
        List.of(
            "key",
            "horizon",
            "scored",
            "MAE",
            "persistence",
            "better by",
            "seasonal naive",
            "in 80 % interval"),
        scores.stream()
            .filter(score -> few || score.key().equals(Evaluation.ALL_KEYS))
            .map(ScoreTable::row)
            .toList());
  }

  private static List<String> row(ForecastScore score) {
    return List.of(
        name(score.key()),
        Integer.toString(score.horizon()),
        Figures.count(score.scored()),
        Figures.value(score.mae()),
        Figures.value(score.persistenceMae()),
        Figures.finePercent(1 - score.mae() / score.persistenceMae()),
        Figures.value(score.seasonalNaiveMae()),
        Figures.finePercent(score.coverage80()));
  }

  private static ReportTable classes(List<ClassScore> scores) {
    boolean few = scores.size() <= MOST_KEYS + 1;
    return new ReportTable(
        List.of("key", "scored", "accuracy", "macro-F1", "majority label", "previous label"),
        scores.stream()
            .filter(score -> few || score.key().equals(Evaluation.ALL_KEYS))
            .map(
                score ->
                    List.of(
                        name(score.key()),
                        Figures.count(score.scored()),
                        Figures.value(score.accuracy()),
                        Figures.value(score.macroF1()),
                        Figures.value(score.majorityAccuracy()),
                        Figures.value(score.previousLabelAccuracy())))
            .toList());
  }

  private static String name(String key) {
    return key.equals(Evaluation.ALL_KEYS) ? "all keys" : key;
  }

  /** Whether the model beats what anyone could say without one, and by how much. */
  public static List<String> verdicts(Evaluation evaluation) {
    List<String> verdicts = new ArrayList<>();
    boolean few = evaluation.forecasts().size() + evaluation.classes().size() <= 8;
    for (ForecastScore score : evaluation.forecasts()) {
      if (few || score.key().equals(Evaluation.ALL_KEYS)) {
        verdicts.add(verdict(score));
      }
    }
    for (ClassScore score : evaluation.classes()) {
      if (few || score.key().equals(Evaluation.ALL_KEYS)) {
        verdicts.addAll(verdicts(score));
      }
    }
    return verdicts;
  }

  private static String verdict(ForecastScore score) {
    double gain = score.persistenceMae() - score.mae();
    return name(score.key())
        + ", horizon "
        + score.horizon()
        + ": "
        + (gain > 0 ? "beats persistence by " : "DOES NOT beat persistence, worse by ")
        + Figures.value(Math.abs(gain))
        + " ("
        + Figures.finePercent(Math.abs(gain) / score.persistenceMae())
        + ")";
  }

  private static List<String> verdicts(ClassScore score) {
    List<String> verdicts = new ArrayList<>();
    verdicts.add(verdict(score, "the majority label", score.majorityAccuracy()));
    verdicts.add(
        verdict(score, "the previous label, were it known in time", score.previousLabelAccuracy()));
    if (score.key().equals(Evaluation.ALL_KEYS)) {
      verdicts.add(
          score.f1().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(f1 -> f1.getKey() + " " + Figures.value(f1.getValue()))
              .collect(Collectors.joining(", ", "F1 of each label: ", "")));
    }
    return verdicts;
  }

  private static String verdict(ClassScore score, String naive, double accuracy) {
    double gain = score.accuracy() - accuracy;
    return name(score.key())
        + ": "
        + (gain > 0 ? "beats " : "DOES NOT beat ")
        + naive
        + (gain > 0 ? " by " : ", worse by ")
        + Figures.value(Math.abs(gain))
        + " accuracy";
  }

  /** The scores of each key, or of all keys together, as the JSON result holds them. */
  public static List<Map<String, Object>> json(Evaluation evaluation, boolean pooled) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (ForecastScore score : evaluation.forecasts()) {
      if (score.key().equals(Evaluation.ALL_KEYS) == pooled) {
        list.add(json(score));
      }
    }
    for (ClassScore score : evaluation.classes()) {
      if (score.key().equals(Evaluation.ALL_KEYS) == pooled) {
        list.add(json(score));
      }
    }
    return list;
  }

  private static Map<String, Object> json(ForecastScore score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", score.key());
    json.put("horizon", score.horizon());
    json.put("scored", score.scored());
    put(json, "mae", score.mae());
    put(json, "persistenceMae", score.persistenceMae());
    put(json, "seasonalNaiveMae", score.seasonalNaiveMae());
    put(json, "coverage80", score.coverage80());
    return json;
  }

  private static Map<String, Object> json(ClassScore score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", score.key());
    json.put("scored", score.scored());
    put(json, "accuracy", score.accuracy());
    put(json, "macroF1", score.macroF1());
    put(json, "majorityAccuracy", score.majorityAccuracy());
    put(json, "previousLabelAccuracy", score.previousLabelAccuracy());
    json.put("f1", score.f1());
    return json;
  }

  /** JSON has no NaN: what is not known is null. */
  private static void put(Map<String, Object> json, String name, double value) {
    json.put(name, Double.isFinite(value) ? value : null);
  }
}
