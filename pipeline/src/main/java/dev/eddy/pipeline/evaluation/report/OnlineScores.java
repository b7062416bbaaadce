package dev.eddy.pipeline.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what an evaluations topic holds of one version. */
public final class OnlineScores {
  private final String model;
  private final List<Drift> drifts = new ArrayList<>();
  private @Nullable Scores serving;
  private @Nullable Scores shadow;

  private OnlineScores(String model) {
    this.model = model;
  }

  /** Reads the topic to its end for {@code model}, such as {@code name@7}. */
  public static OnlineScores read(Map<String, String> client, String topic, String model) {
    OnlineScores scores = new OnlineScores(model);
    EvaluationLog.read(client, topic, scores::add);
    return scores;
  }

  private void add(EvaluationRecord record) {
    if (!record.model().equals(model)) {
      return;
    }
    if (record instanceof Drift drift) {
      drifts.add(drift);
    } else {
      Scores scores = (Scores) record;
      if (scores.shadow()) {
        shadow = shadow == null ? scores : shadow.with(scores);
      } else {
        serving = serving == null ? scores : serving.with(scores);
      }
    }
  }

  /** Where it served; of all windows together. */
  public Optional<Scores> serving() {
    return Optional.ofNullable(serving);
  }

  /** Where it ran in the shadow of another. */
  public Optional<Scores> shadow() {
    return Optional.ofNullable(shadow);
  }

  /** Its drifts, in the order in which they were told. */
  public List<Drift> drifts() {
    return List.copyOf(drifts);
  }
}
