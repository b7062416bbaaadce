package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.shared.SharedRecords;
import dev.eddy.model.spec.CalendarPart;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an observation holds and what is to be predicted.
 *
 * <p>The record lists static features after all others, whatever their order in the YAML, because a
 * model reads them so.
 */
@Block("input")
public record ObservationSettings(
    @Setting(
            about = "numeric fields that enter the network; a forecast's targets are among them",
            byDefault = "[]")
        List<String> features,
    @Setting(about = "text fields that enter the network", byDefault = "[]")
        List<String> categorical,
    @Setting(
            name = "static",
            about =
                "those of `features` and `categorical` that belong to the key and do not change: a"
                    + " value is remembered once an observation has brought it",
            byDefault = "[]")
        List<String> statics,
    @Setting(about = "parts of the event time that enter the network", byDefault = "[]")
        List<CalendarPart> calendar,
    @Setting(
            about = "the zone in which calendar parts and dates are read; `Z` is UTC",
            byDefault = "Z")
        ZoneId zone,
    @Setting(
            about = "the distance of regular observations; without it horizons count observations",
            byDefault = "none",
            least = "1 ms",
            most = "36500 d")
        Optional<Duration> interval,
    @Setting(about = "the feature to forecast, or several; this or `label`", byDefault = "[]")
        List<String> target,
    @Setting(
            about = "the field that holds the class of each observation; this or `target`",
            byDefault = "none")
        Optional<String> label,
    @Setting(about = "which features are known ahead of time", byDefault = "none")
        Optional<FutureSettings> future,
    @Setting(
            about = "an observation further ahead of its record's Kafka timestamp is a dead letter",
            byDefault = "1 d",
            least = "0 ms",
            most = "365000 d")
        Duration maxAhead,
    @Setting(
            about =
                "where records hold `key`, `time`, `future` and features that do not lie under"
                    + " their own names: a path such as `data.value`, or a JSON pointer",
            byDefault = "{}")
        Map<String, String> fields,
    @Setting(about = "where records name their series, and how", byDefault = "{}")
        RecordKeySettings key,
    @Setting(about = "how records write times", byDefault = "{}") RecordTimeSettings time,
    @Setting(
            about = "whether records may write numbers in quotes; `\"\"` is missing then",
            byDefault = "false")
        boolean quotedNumbers,
    @Setting(
            about =
                "observations that come late, or out of order, by no more than this are put in"
                    + " order by event time before they are stepped; predictions wait as long",
            byDefault = "0 s",
            least = "0 ms",
            most = "1 d")
        Duration orderWithin,
    @Setting(
            about =
                "in what records are written: `json`, `avro` (the body alone, of `schema`) or"
                    + " `avro-confluent` (after the id of its schema in the `registry`)",
            byDefault = "json")
        RecordEncoding encoding,
    @Setting(
            about = "a file with the Avro schema that `avro` records were written with",
            byDefault = "none")
        Optional<String> schema,
    @Setting(
            about = "which features another topic brings, for all keys at once",
            byDefault = "none")
        Optional<SharedSettings> shared) {

  public ObservationSettings {
    Settings.check(
        ObservationSettings.class,
        features,
        categorical,
        statics,
        calendar,
        zone,
        interval,
        target,
        label,
        future,
        maxAhead,
        fields,
        key,
        time,
        quotedNumbers,
        orderWithin,
        encoding,
        schema,
        shared);
    fields = Map.copyOf(fields);
    boolean plain = encoding == RecordEncoding.AVRO;
    Require.that(
        plain == schema.isPresent(),
        "input.schema",
        schema.orElse("none"),
        plain
            ? "a file, because input.encoding is avro"
            : "left out unless input.encoding is avro");
    statics = List.copyOf(statics);
    features = lastly(statics, features);
    categorical = lastly(statics, categorical);
    calendar = List.copyOf(calendar);
    target = List.copyOf(target);
    FeatureRules.requireDistinct(features, categorical, label);
    Require.that(
        target.isEmpty() == label.isPresent(),
        "input",
        label.isPresent() ? "target and label" : "neither target nor label",
        "one of them: target to forecast, label to classify");
    for (String name : target) {
      Require.that(
          features.contains(name), "input.target", name, "one of the features " + features);
    }
    Require.that(
        new HashSet<>(target).size() == target.size(), "input.target", target, "named once each");
    FeatureRules.requireStatics(statics, features, categorical, target);
    Require.that(
        !features.isEmpty() || !categorical.isEmpty(), "input.features", "none", "at least one");
    if (future.isPresent()) {
      FeatureRules.requireFuture(future.get(), features, categorical, statics, target);
    }
    if (shared.isPresent()) {
      FeatureRules.requireShared(shared.get(), features, statics, target, future, interval);
    }
    if (!fields.isEmpty()) { // refused here where the file is at hand, not when a record is read
      var unused =
          new ObservationSchema(
              features,
              categorical,
              label.orElse(null),
              future
                  .map(known -> new FutureFields(known.features(), 1, 0))
                  .orElse(FutureFields.NONE),
              RecordLayout.of(fields));
    }
  }

  /** The features in the order of {@code RawInput}'s arrays. */
  public FeatureSchema featureSchema() {
    return new FeatureSchema(features, categorical);
  }

  /**
   * The fields of an observation record.
   *
   * @param format in what records are written
   */
  ObservationSchema observationSchema(RecordFormat format) {
    RecordLayout layout =
        new RecordLayout(
            fields,
            key.from(),
            key.decode(),
            time.unit().orElse(null),
            time.format().orElse(null),
            time.zone(),
            quotedNumbers,
            format);
    return new ObservationSchema(
        features,
        categorical,
        label.orElse(null),
        futureFields(),
        layout,
        shared.map(SharedSettings::features).orElse(List.of()));
  }

  /** What of the features another topic brings, in JSON. */
  SharedFeatures sharedFeatures(SharedSettings from) {
    ObservationSchema observations = observationSchema(new RecordFormat.Json());
    return new SharedFeatures(
        from.topic(),
        SharedRecords.schema(from.features(), from.fields(), observations),
        observations,
        maxAhead,
        from.maxAge().orElse(Duration.ZERO),
        from.await(),
        from.keep());
  }

  /** Which features have a future. */
  public FutureFields futureFields() {
    return future
        .map(
            known ->
                new FutureFields(
                    known.features(),
                    known.reach().orElseThrow(),
                    interval.map(Duration::toMillis).orElse(0L)))
        .orElse(FutureFields.NONE);
  }

  /** The same, values known ahead reaching to {@code greatestHorizon} unless they say how far. */
  ObservationSettings reaching(int greatestHorizon) {
    Optional<FutureSettings> reaching = future.map(known -> known.reaching(greatestHorizon));
    return Settings.with(this, Map.of("future", reaching));
  }

  private static List<String> lastly(List<String> statics, List<String> names) {
    return Stream.concat(
            names.stream().filter(name -> !statics.contains(name)),
            names.stream().filter(statics::contains))
        .toList();
  }
}
