package dev.eddy.pipeline.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.pipeline.evaluation.report.ClassesOnline.LabelOnline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of the evaluations topic as JSON; {@code record} says which one it is. */
public final class EvaluationJson {
  private static final int FORMAT = 1;
  private static final MathContext DIGITS = new MathContext(12); // behind which sums differ
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCORES = "scores";
  private static final String DRIFT = "drift";

  private EvaluationJson() {}

  /** The record's value. */
  public static byte[] write(EvaluationRecord record) {
    try {
      return JSON.writeValueAsBytes(
          record instanceof Scores scores ? scores(scores) : drift((Drift) record));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode node(String record, String model) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("record", record);
    node.put("format", FORMAT);
    node.put("model", model);
    return node;
  }

  private static ObjectNode drift(Drift drift) {
    ObjectNode node = node(DRIFT, drift.model());
    time(node, "time", drift.time());
    time(node, "since", drift.since());
    put(node, "error-before", drift.before());
    put(node, "error-since", drift.after());
    put(node, "rise", drift.rise());
    node.put("windows", drift.windows());
    return node;
  }

  private static ObjectNode scores(Scores scores) {
    ObjectNode node = node(SCORES, scores.model());
    node.put("shadow", scores.shadow());
    time(node, "from", scores.from());
    time(node, "to", scores.to());
    node.put("predictions", scores.predictions());
    node.put("late", scores.late());
    if (!scores.forecasts().isEmpty()) {
      var forecasts = node.putArray("forecasts");
      scores.forecasts().forEach(each -> write(each, forecasts.addObject()));
    }
    scores.classes().ifPresent(classes -> write(classes, node.putObject("classes")));
    return node;
  }

  private static void write(ForecastOnline score, ObjectNode node) {
    node.put("target", score.target());
    node.put("horizon", score.horizon());
    node.put("count", score.count());
    put(node, "mae", score.mae());
    put(node, "mse", score.squares());
    put(node, "pinball", score.pinball());
    if (score.interval().nominal() > 0) {
      put(node, "coverage", score.interval().coverage());
      put(node, "nominal", score.interval().nominal());
      put(node, "width", score.interval().width());
    }
    ObjectNode persistence = node.putObject("persistence");
    put(persistence, "mae", score.persistenceMae());
    put(persistence, "mse", score.persistenceSquares());
    if (score.early().count() > 0) {
      ObjectNode early = node.putObject("first-200");
      early.put("count", score.early().count());
      put(early, "mae", score.early().mae());
      put(early, "coverage", score.early().coverage());
    }
  }

  private static void write(ClassesOnline classes, ObjectNode node) {
    node.put("count", classes.count());
    put(node, "accuracy", classes.accuracy());
    put(node, "log-loss", classes.logLoss());
    put(node, "macro-f1", classes.macroF1());
    put(node, "majority-accuracy", classes.majority());
    put(node, "previous-label-accuracy", classes.previousAccuracy());
    ObjectNode labels = node.putObject("labels");
    classes
        .labels()
        .forEach(
            (label, counts) -> {
              ObjectNode of = labels.putObject(label);
              of.put("occurred", counts.occurred());
              of.put("answered", counts.answered());
              of.put("right", counts.right());
            });
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) { // JSON has no others; what overflowed is left out
      node.put(name, new BigDecimal(value).round(DIGITS).doubleValue());
    }
  }

  private static void time(ObjectNode node, String name, long millis) {
    node.put(name, Instant.ofEpochMilli(millis).toString());
  }

  /**
   * The record of a value; empty where it is of a kind or a format that this build does not know.
   *
   * @throws IllegalArgumentException with one line, if the bytes are no record
   */
  public static Optional<EvaluationRecord> read(byte[] value) {
    try {
      JsonNode node = JSON.readTree(value);
      if (node.path("format").asInt() != FORMAT) {
        return Optional.empty();
      }
      return switch (node.path("record").asText()) {
        case SCORES -> Optional.of(readScores(node));
        case DRIFT -> Optional.of(readDrift(node));
        default -> Optional.empty();
      };
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("evaluation: " + e.getMessage(), e);
    }
  }

  private static Drift readDrift(JsonNode node) {
    return new Drift(
        node.path("model").asText(),
        readTime(node, "time"),
        readTime(node, "since"),
        node.path("error-before").asDouble(),
        node.path("error-since").asDouble(),
        node.path("windows").asLong());
  }

  private static Scores readScores(JsonNode node) {
    List<ForecastOnline> forecasts = new ArrayList<>();
    node.path("forecasts").forEach(each -> forecasts.add(readForecast(each)));
    JsonNode classes = node.path("classes");
    return new Scores(
        node.path("model").asText(),
        node.path("shadow").asBoolean(),
        readTime(node, "from"),
        readTime(node, "to"),
        node.path("predictions").asLong(),
        node.path("late").asLong(),
        forecasts,
        classes.isObject() ? Optional.of(readClasses(classes)) : Optional.empty());
  }

  private static ForecastOnline readForecast(JsonNode node) {
    JsonNode early = node.path("first-200");
    return new ForecastOnline(
        node.path("target").asText(),
        node.path("horizon").asInt(),
        node.path("count").asLong(),
        node.path("mae").asDouble(),
        node.path("mse").asDouble(),
        node.path("pinball").asDouble(),
        new ForecastOnline.Interval(
            node.path("coverage").asDouble(),
            node.path("nominal").asDouble(),
            node.path("width").asDouble()),
        node.path("persistence").path("mae").asDouble(),
        node.path("persistence").path("mse").asDouble(),
        new ForecastOnline.Early(
            early.path("count").asLong(),
            early.path("mae").asDouble(),
            early.path("coverage").asDouble()));
  }

  private static ClassesOnline readClasses(JsonNode node) {
    Map<String, LabelOnline> labels = new LinkedHashMap<>();
    node.path("labels")
        .properties()
        .forEach(
            each ->
                labels.put(
                    each.getKey(),
                    new LabelOnline(
                        each.getValue().path("occurred").asLong(),
                        each.getValue().path("answered").asLong(),
                        each.getValue().path("right").asLong())));
    return new ClassesOnline(
        node.path("count").asLong(),
        node.path("accuracy").asDouble(),
        node.path("log-loss").asDouble(),
        node.path("previous-label-accuracy").asDouble(),
        labels);
  }

  private static long readTime(JsonNode node, String name) {
    return Instant.parse(node.path(name).asText()).toEpochMilli();
  }
}
