package dev.eddy.pipeline.cli.models;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.SpecJson;
import dev.eddy.model.store.Learned;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelStore;
import dev.eddy.pipeline.judge.TrainingData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells of a version in the store, in a row of a table or in JSON.
 *
 * @param file its description
 * @param missing files of it that are not there
 * @param asked whether the announcements are known
 * @param announcement the last one of this version; empty if there is none
 */
record ListedModel(
    ModelFile file, List<String> missing, boolean asked, Optional<Announcement> announcement) {
  /** The table's. */
  static final List<String> HEADS =
      List.of("model", "created", "trained until", "network", "predicts", "serving");

  ListedModel {
    missing = List.copyOf(missing);
  }

  /** A version of a store. */
  static ListedModel of(ModelStore store, ModelId id, KnownAnnouncements announced) {
    ModelFile file = store.describe(id);
    return new ListedModel(
        file, store.missing(file), announced.known(), announced.of(id.toString()));
  }

  List<String> cells() {
    return List.of(
        file.id().toString(),
        created(),
        trainedUntil(),
        file.spec().network().summary(),
        file.spec().head() instanceof Head.Forecast forecast
            ? "horizons " + forecast.horizons()
            : "classes " + ((Head.Classes) file.spec().head()).labels(),
        missing.isEmpty() ? serving() : serving() + "; missing: " + missing);
  }

  private Optional<Learned> learned() {
    return file.provenance().learned();
  }

  /** Of an import its provenance says it, which has learned nothing here. */
  private String trainedUntil() {
    OptionalLong imported = TrainingData.newest(file.provenance());
    return learned()
        .map(Learned::trainedUntil)
        .or(() -> imported.stream().mapToObj(Instant::ofEpochMilli).findFirst())
        .map(Instant::toString)
        .orElse("unknown");
  }

  String created() {
    return file.provenance().created().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  String serving() {
    if (!asked) {
      return "unknown";
    }
    return announcement.map(ListedModel::serving).orElse("not announced");
  }

  static String serving(Announcement announcement) {
    String from =
        announcement.effectiveFrom() == Long.MIN_VALUE
            ? "from the beginning"
            : "from " + Instant.ofEpochMilli(announcement.effectiveFrom());
    return announcement.shadow() ? "as a shadow " + from : from;
  }

  /**
   * {@code announced} and {@code shadow} are null where that is not known; {@code effectiveFrom} as
   * it was announced.
   */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", file.id().toString());
    json.put("created", created());
    json.put("network", file.spec().network().summary());
    if (file.spec().head() instanceof Head.Forecast forecast) {
      json.put("horizons", forecast.horizons());
      json.put("quantiles", forecast.quantiles());
    } else {
      json.put("labels", ((Head.Classes) file.spec().head()).labels());
    }
    json.put("announced", asked ? announcement.isPresent() : null);
    json.put("shadow", asked ? announcement.filter(Announcement::shadow).isPresent() : null);
    json.put("effectiveFrom", announcement.map(Announcement::effectiveFrom).orElse(null));
    json.put("missing", missing);
    json.put("provenance", SpecJson.mapper().convertValue(file.provenance(), Map.class));
    return json;
  }
}
