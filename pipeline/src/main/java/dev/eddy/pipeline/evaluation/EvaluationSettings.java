package dev.eddy.pipeline.evaluation;

import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/** How predictions are scored in the stream; only where there is a topic for it. */
@Block("evaluation")
public record EvaluationSettings(
    @Setting(
            about =
                "length of event time whose scores are one record; a day or more where errors have a"
                    + " daily course",
            byDefault = "1 h",
            least = "1 s",
            most = "365 d")
        Duration window,
    @Setting(
            about =
                "how much longer, in event time, a window stays open for keys that are behind; what"
                    + " comes later still is counted in the next window, and as `late`",
            byDefault = "10 min",
            least = "0 ms",
            most = "365 d")
        Duration lateness,
    @Setting(
            about =
                "how long, in event time, a prediction waits for its label on `topics.labels`, and a"
                    + " label for its prediction",
            byDefault = "1 d",
            least = "1 ms",
            most = "365 d")
        Duration labelWait,
    @Setting(about = "when a rising error counts as drift", byDefault = "{}") DriftSettings drift)
    implements Serializable {

  public EvaluationSettings {
    Settings.check(EvaluationSettings.class, window, lateness, labelWait, drift);
  }

  /** Every setting at its default. */
  public static EvaluationSettings defaults() {
    return Settings.of(EvaluationSettings.class, Map.of());
  }
}
