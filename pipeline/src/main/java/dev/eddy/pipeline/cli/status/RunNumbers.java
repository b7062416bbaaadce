package dev.eddy.pipeline.cli.status;

import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.status.JobCounters.Counted;
import dev.eddy.pipeline.flink.EmbeddedFlink.Checkpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run has done by a moment, to be shown as a line and as data.
 *
 * @param model the name of the versions
 * @param counted by the job
 * @param perSecond predictions a second, lately
 * @param checkpoint the newest; empty if there is none
 * @param seconds since the run began
 * @param millis when it was, epoch milliseconds
 */
record RunNumbers(
    String model,
    Counted counted,
    double perSecond,
    Optional<Checkpoint> checkpoint,
    double seconds,
    long millis) {

  /** While it runs; what matters most comes first, a narrow terminal cuts the rest. */
  String status() {
    List<String> parts = new ArrayList<>();
    parts.add(Formats.count(counted.predictions()) + " predictions");
    parts.add(Formats.rate(perSecond));
    counted.lag().ifPresent(lag -> parts.add("lag " + Formats.count(lag)));
    parts.add(deadLetters());
    parts.add(version());
    parts.add(
        checkpoint
            .map(each -> "checkpoint " + Formats.seconds(age(each)) + " ago")
            .orElse("no checkpoint yet"));
    return String.join(" · ", parts);
  }

  /**
   * When it has ended.
   *
   * @param how in a word
   */
  String last(String how) {
    return how
        + " after "
        + Formats.seconds(seconds)
        + ": "
        + Formats.count(counted.predictions())
        + " predictions, "
        + deadLetters()
        + ", "
        + version();
  }

  /** Where the next run goes on. */
  String goesOn() {
    return checkpoint
        .map(
            each ->
                "the next run goes on from checkpoint "
                    + each.id()
                    + ", "
                    + Formats.seconds(age(each))
                    + " old: "
                    + each.path())
        .orElse("no checkpoint was completed: the next run begins where this one began");
  }

  private String deadLetters() {
    long total = total();
    if (total == 0) {
      return "no dead letters";
    }
    return counted.deadLetters().entrySet().stream()
        .map(each -> each.getKey() + " " + Formats.count(each.getValue()))
        .collect(Collectors.joining(", ", Formats.count(total) + " dead letters (", ")"));
  }

  private long total() {
    return counted.deadLetters().values().stream().mapToLong(Long::longValue).sum();
  }

  private String version() {
    return name().map(name -> name + " serves").orElse("no version serves")
        + (counted.shadow() > 0 ? ", " + model + "@" + counted.shadow() + " its shadow" : "")
        + (counted.swaps() > 0 ? ", swaps " + counted.swaps() : "")
        + (counted.refused() > 0 ? ", refused " + counted.refused() : "");
  }

  private Optional<String> name() {
    return counted.version() > 0 ? Optional.of(model + "@" + counted.version()) : Optional.empty();
  }

  private double age(Checkpoint of) {
    return Math.max(0, millis - of.millis()) / 1e3;
  }

  /** The same as data. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", seconds);
    json.put("predictions", counted.predictions());
    json.put("predictionsPerSecond", perSecond);
    json.put("lag", counted.lag().isPresent() ? counted.lag().getAsLong() : null);
    json.put("deadLetters", total());
    json.put("deadLettersByReason", counted.deadLetters());
    json.put("version", name().orElse(null));
    json.put("shadow", counted.shadow() > 0 ? model + "@" + counted.shadow() : null);
    json.put("swaps", counted.swaps());
    json.put("refusedVersions", counted.refused());
    json.put("checkpoint", checkpoint.map(this::json).orElse(null));
    return json;
  }

  private Map<String, Object> json(Checkpoint of) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", of.id());
    json.put("path", of.path());
    json.put("ageSeconds", age(of));
    return json;
  }
}
