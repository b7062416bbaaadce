package dev.eddy.pipeline.evaluation;

import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.io.Serializable;

/** When a rising error counts as drift (Page–Hinkley test). */
@Block("evaluation.drift")
public record DriftSettings(
    @Setting(
            about =
                "how far the error, relative to the naive forecast's, must have risen in sum before"
                    + " it is drift",
            byDefault = "10",
            unit = "standard deviations of a window's error",
            least = "1",
            most = "1000")
        double threshold,
    @Setting(
            about = "how much of a rise is put up with in each window",
            byDefault = "0.5",
            unit = "standard deviations of a window's error",
            least = "0",
            most = "100")
        double tolerance,
    @Setting(
            about = "how many windows of a version are looked at before any drift is told",
            byDefault = "24",
            unit = "windows",
            least = "2",
            most = "100000")
        int windows,
    @Setting(
            about = "windows with fewer scored predictions are left out",
            byDefault = "1",
            unit = "predictions",
            least = "1",
            most = "1000000000")
        int scores)
    implements Serializable {

  public DriftSettings {
    Settings.check(DriftSettings.class, threshold, tolerance, windows, scores);
  }
}
