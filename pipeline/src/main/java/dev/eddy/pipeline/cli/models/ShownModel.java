package dev.eddy.pipeline.cli.models;

import dev.eddy.model.spec.Head;
import dev.eddy.model.store.Learned;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.Provenance;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.ReportTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells all of a version: where it comes from, how it was judged when it was trained, when it
 * serves.
 *
 * @param model as a list tells of it
 */
record ShownModel(ListedModel model) {
  private static final List<String> FIGURES =
      List.of("mae", "rmse", "smape", "mase", "pinball", "coverage", "winkler");
  private static final List<String> HEADS =
      List.of(
          "horizon", "scored", "MAE", "RMSE", "sMAPE", "MASE", "pinball", "coverage", "Winkler");

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(file().id().toString());
    add(lines, "predicts", predicts());
    add(lines, "network", file().spec().network().summary());
    add(lines, "serving", model.serving());
    add(lines, "created", model.created() + " by " + provenance().code());
    add(lines, "platform", provenance().platform());
    add(lines, "data", provenance().data());
    provenance().learned().ifPresent(learned -> add(lines, learned));
    add(lines, "seed", Long.toString(provenance().seed()));
    judged().ifPresent(found -> add(lines, "judged", String.valueOf(found.get("line"))));
    if (!model.missing().isEmpty()) {
      add(lines, "missing", String.join(", ", model.missing()));
    }
    scores().ifPresent(table -> addTable(lines, table));
    return lines;
  }

  private static void add(List<String> lines, Learned learned) {
    learned.from().ifPresent(from -> add(lines, "begun from", from));
    add(lines, "trained until", learned.trainedUntil().toString());
    learned
        .trainedKeys()
        .ifPresent(
            keys ->
                add(
                    lines,
                    "trained keys",
                    Formats.count(keys) + " of " + Formats.count(learned.keys())));
    add(lines, "settings", learned.settings());
    add(lines, "engine", learned.engine());
  }

  private static void add(List<String> lines, String name, String value) {
    lines.add("  " + name + " ".repeat(15 - name.length()) + value);
  }

  private static void addTable(List<String> lines, ReportTable table) {
    lines.add("");
    lines.add("the held-out part, by the network before it learned from the validation part too:");
    lines.add("");
    lines.addAll(table.lines());
  }

  private String predicts() {
    return file().spec().head() instanceof Head.Forecast forecast
        ? String.join(", ", forecast.targets().stream().map(Head.TargetHead::name).toList())
            + ", horizons "
            + forecast.horizons()
            + ", quantiles "
            + forecast.quantiles()
        : "classes " + ((Head.Classes) file().spec().head()).labels();
  }

  /** Of all keys together, as training wrote them; empty if it did not. */
  private Optional<ReportTable> scores() {
    List<Map<?, ?>> forecasts = maps("forecasts");
    if (!forecasts.isEmpty()) {
      return Optional.of(new ReportTable(HEADS, forecasts.stream().map(ShownModel::row).toList()));
    }
    return maps("classes").stream()
        .filter(score -> "*".equals(score.get("key")))
        .findFirst()
        .map(
            score ->
                new ReportTable(
                    List.of("answer", "accuracy", "macro-F1"),
                    List.of(classes("model", score), naive(score, "majority"))));
  }

  private static List<String> classes(String name, Map<?, ?> score) {
    return List.of(name, value(score.get("accuracy")), value(score.get("macroF1")));
  }

  private static List<String> naive(Map<?, ?> score, String name) {
    return score.get(name) instanceof Map<?, ?> naive
        ? classes(String.valueOf(naive.get("name")), naive)
        : List.of(name, value(null), value(null));
  }

  private static List<String> row(Map<?, ?> score) {
    List<String> cells = new ArrayList<>();
    cells.add(score.get("target") + " " + score.get("horizon"));
    cells.add(String.valueOf(score.get("count")));
    FIGURES.forEach(figure -> cells.add(value(score.get(figure))));
    return cells;
  }

  private static String value(@Nullable Object figure) {
    return Formats.value(figure instanceof Number number ? number.doubleValue() : Double.NaN);
  }

  private List<Map<?, ?>> maps(String metric) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (file().metrics().get(metric) instanceof List<?> list) {
      list.forEach(
          each -> {
            if (each instanceof Map<?, ?> map) {
              maps.add(map);
            }
          });
    }
    return maps;
  }

  private Optional<Map<?, ?>> judged() {
    return file().metrics().get("judged") instanceof Map<?, ?> map
        ? Optional.of(map)
        : Optional.empty();
  }

  private ModelFile file() {
    return model.file();
  }

  private Provenance provenance() {
    return file().provenance();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>(model.json());
    json.put("sha256", file().sha256());
    json.put("metrics", file().metrics());
    return json;
  }
}
