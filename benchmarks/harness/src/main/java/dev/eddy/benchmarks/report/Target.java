package dev.eddy.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A goal, and what was reached of it.
 *
 * @param what is compared
 * @param aim at least
 * @param reached NaN: not measured
 * @param measured points of the goal that were measured
 * @param points points that the goal is about
 * @param detail where it was worst, or how many figures it stands for
 */
public record Target(
    String what, double aim, double reached, int measured, int points, String detail) {

  /** A figure with the place where it was measured. */
  record Ratio(String place, double value) {}

  static Target minimum(String what, double aim, int points, List<Ratio> ratios) {
    if (ratios.isEmpty()) {
      return new Target(what, aim, Double.NaN, 0, points, "");
    }
    Ratio worst = ratios.stream().min(Comparator.comparingDouble(Ratio::value)).orElseThrow();
    long below = ratios.stream().filter(ratio -> ratio.value() < aim).count();
    String detail = "lowest at " + worst.place();
    if (below > 0) {
      detail += "; " + below + " of " + ratios.size() + " below";
    }
    return new Target(what, aim, worst.value(), ratios.size(), points, detail);
  }

  static Target geometricMean(String what, double aim, int points, List<Ratio> ratios) {
    double logarithms = 0;
    for (Ratio ratio : ratios) {
      logarithms += Math.log(ratio.value());
    }
    double mean = ratios.isEmpty() ? Double.NaN : Math.exp(logarithms / ratios.size());
    return new Target(what, aim, mean, ratios.size(), points, "over " + ratios.size() + " points");
  }

  /** Whether every point of the goal was measured, and it was reached. */
  boolean met() {
    return reached >= aim && measured >= points;
  }

  /** {@code met}, {@code missed by 12 %}, {@code not measured}, or how much of it was. */
  String verdict() {
    if (Double.isNaN(reached)) {
      return "not measured";
    }
    String part = measured < points ? " on " + measured + " of " + points + " points" : "";
    return reached >= aim
        ? "met" + part
        : String.format(Locale.ROOT, "missed by %.0f %%", 100 * (1 - reached / aim)) + part;
  }

  /** For {@code --json}; without {@code reached} and {@code met} if it was not measured. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", what);
    json.put("target", aim);
    if (!Double.isNaN(reached)) {
      json.put("reached", reached);
      json.put("met", met());
      json.put("measured", measured);
      json.put("points", points);
      json.put("detail", detail);
    }
    return json;
  }

  /** As a table. */
  static List<List<String>> rows(List<Target> targets) {
    List<List<String>> rows = new ArrayList<>();
    for (Target target : targets) {
      boolean measured = !Double.isNaN(target.reached());
      rows.add(
          List.of(
              target.what(),
              String.format(Locale.ROOT, "≥ %s", Double.toString(target.aim())),
              measured ? String.format(Locale.ROOT, "%.2f", target.reached()) : "-",
              target.verdict(),
              measured ? target.detail() : ""));
    }
    return rows;
  }
}
