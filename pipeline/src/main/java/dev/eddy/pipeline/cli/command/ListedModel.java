package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a version in the store, in a row of a table or in JSON.
 *
 * @param file its description
 * @param missing files of it that are not there
 * @param asked whether the announcements are known
 * @param announcement the last one of this version; null if there is none
 */
record ListedModel(
    ModelFile file, List<String> missing, boolean asked, @Nullable Announcement announcement) {
  /** The table's. */
  static final List<String> HEADS = List.of("model", "created", "network", "predicts", "serving");

  ListedModel {
    missing = List.copyOf(missing);
  }

  /**
   * A version.
   *
   * @param announced what is announced, by version; null if that is not known
   */
  static ListedModel of(
      ModelStore store, ModelId id, @Nullable Map<String, Announcement> announced) {
    ModelFile file = store.describe(id);
    return new ListedModel(
        file,
        store.missing(file),
        announced != null,
        announced == null ? null : announced.get(id.toString()));
  }

  List<String> cells() {
    return List.of(
        file.id().toString(),
        created(),
        file.spec().network().summary(),
        file.spec().head() instanceof Head.Forecast forecast
            ? "horizons " + forecast.horizons()
            : "classes " + ((Head.Classes) file.spec().head()).labels(),
        missing.isEmpty() ? serving() : serving() + "; missing: " + missing);
  }

  private String created() {
    return file.provenance().created().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String serving() {
    if (!asked) {
      return "unknown";
    }
    return announcement == null ? "not announced" : serving(announcement);
  }

  static String serving(Announcement announcement) {
    return announcement.effectiveFrom() == Long.MIN_VALUE
        ? "from the beginning"
        : "from " + Instant.ofEpochMilli(announcement.effectiveFrom());
  }

  /** {@code announced} is null where it is not known; {@code effectiveFrom} as it was announced. */
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
    json.put("announced", asked ? announcement != null : null);
    json.put("effectiveFrom", announcement == null ? null : announcement.effectiveFrom());
    json.put("missing", missing);
    return json;
  }
}
