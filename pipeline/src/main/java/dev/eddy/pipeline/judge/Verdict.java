package dev.eddy.pipeline.judge;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.Gain;
import dev.eddy.model.score.LossTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What came of a {@link Contest}: whether a new version is worth its place.
 *
 * @param first whether no version of the name is announced
 * @param champion the version that serves now, such as {@code weather@7}; empty if none does
 * @param obstacle why the two cannot be compared; empty if they can
 * @param overChampion by how much the new one is better; empty if nothing was compared
 * @param overNaive the same over the best naive forecaster; empty if nothing was judged
 * @param judged predictions that were scored
 * @param keys of them
 * @param blocks of time in which they lie
 * @param own scores of the new version
 * @param other scores of the champion on the same; empty where nothing was compared
 * @param logLosses of classes: the new version's mean one, the champion's, that of the class
 *     frequencies; empty for forecasts
 * @param called what the losses are called, beside the champion and beside the naive
 */
public record Verdict(
    boolean first,
    Optional<String> champion,
    Optional<String> obstacle,
    Optional<Gain> overChampion,
    Optional<Gain> overNaive,
    long judged,
    long keys,
    long blocks,
    Evaluation own,
    Optional<Evaluation> other,
    List<Double> logLosses,
    List<String> called) {
  private static final int LEAST_BLOCKS = 8;
  private static final int LEAST_KEYS = 30;
  private static final int LEAST_BLOCKS_OF_KEYS =
      3; // what happens to all keys at once is one thing

  public Verdict {
    logLosses = List.copyOf(logLosses);
    called = List.copyOf(called);
  }

  static Verdict of(
      Scores scores, Optional<Champion> champion, Optional<String> obstacle, long seed) {
    LossTable losses = scores.losses();
    boolean any = losses.count() > 0;
    boolean compared = any && champion.isPresent() && obstacle.isEmpty();
    int[] versions = scores.versions();
    Optional<Gain> overChampion =
        champion
            .filter(each -> compared)
            .map(each -> losses.gain(versions[0], versions[1], each.name(), seed));
    return new Verdict(
        champion.isEmpty(),
        champion.map(Champion::name),
        obstacle,
        overChampion,
        any ? Optional.of(overNaive(scores, seed)) : Optional.empty(),
        losses.count(),
        losses.keys(),
        losses.blocks(),
        scores.own(),
        compared ? Optional.of(scores.other()) : Optional.empty(),
        any ? scores.logLosses() : List.of(),
        scores.called());
  }

  /** The same where nothing else is announced, or something is. */
  public Verdict first(boolean isFirst) {
    return new Verdict(
        isFirst,
        champion,
        obstacle,
        overChampion,
        overNaive,
        judged,
        keys,
        blocks,
        own,
        other,
        logLosses,
        called);
  }

  private static Gain overNaive(Scores scores, long seed) {
    int best =
        IntStream.range(0, scores.naive().size())
            .boxed()
            .min(
                Comparator.comparingDouble(each -> scores.losses().sum(scores.firstNaive() + each)))
            .orElseThrow();
    return scores
        .losses()
        .gain(scores.besideNaive(), scores.firstNaive() + best, scores.naive().get(best), seed);
  }

  /** Whether there is enough to tell anything from noise. */
  boolean isEnough() {
    return judged > 0
        && (blocks >= LEAST_BLOCKS || (keys >= LEAST_KEYS && blocks >= LEAST_BLOCKS_OF_KEYS));
  }

  /** Whether it is better than all that it could be compared with, by more than noise. */
  public boolean isBetter() {
    return isEnough()
        && overNaive.filter(Gain::isSure).isPresent()
        && (overChampion.isEmpty() || overChampion.get().isSure());
  }

  /** Whether such a version is announced: the first of a name always, because nothing serves. */
  public boolean announces(Promotion promotion) {
    return switch (promotion) {
      case ALWAYS -> true;
      case NEVER -> false;
      case IF_BETTER -> first || isBetter();
    };
  }

  /** How it stands, in one line. */
  public String line() {
    List<String> parts = new ArrayList<>();
    obstacle.ifPresent(parts::add);
    if (!isEnough()) {
      parts.add(tooLittle());
    }
    overChampion.ifPresent(gain -> parts.add(says(gain, gain.over(), called.get(0))));
    overNaive.ifPresent(
        gain ->
            parts.add(
                says(gain, "the best naive forecaster, " + gain.over() + ",", called.get(1))));
    if (judged > 0) {
      parts.add(where());
    }
    return String.join("; ", parts);
  }

  private String tooLittle() {
    return "too little to judge by that "
        + (champion.isEmpty()
            ? "it has not seen"
            : "neither it nor " + champion.get() + " has seen")
        + (judged == 0
            ? ": nothing"
            : String.format(
                Locale.ROOT,
                ": %d blocks of time, %d keys (must be %d blocks, or %d keys in %d)",
                blocks,
                keys,
                LEAST_BLOCKS,
                LEAST_KEYS,
                LEAST_BLOCKS_OF_KEYS));
  }

  private static String says(Gain gain, String over, String loss) {
    return String.format(
        Locale.ROOT,
        "%s than %s %s %s less (P %.2f)",
        gain.isSure() ? "better" : "NOT surely better",
        over,
        percent(gain.share()),
        loss,
        gain.probability());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share).replace('-', '−');
  }

  private String where() {
    return String.format(Locale.ROOT, "by %,d predictions of %,d keys", judged, keys);
  }

  /** The same as data. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", line());
    json.put("better", isBetter());
    json.put("champion", champion.orElse(null));
    json.put("predictions", judged);
    json.put("keys", keys);
    json.put("blocks", blocks);
    json.put("overChampion", overChampion.map(Verdict::json).orElse(null));
    json.put("overNaive", overNaive.map(Verdict::json).orElse(null));
    json.put("logLosses", logLosses);
    return json;
  }

  private static Map<String, Object> json(Gain gain) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("over", gain.over());
    json.put("share", Double.isFinite(gain.share()) ? gain.share() : null);
    json.put("probability", gain.probability());
    return json;
  }
}
