package dev.eddy.pipeline.evaluation.report;

import dev.eddy.pipeline.evaluation.EvaluationSettings;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Watches over the relative error of the version that serves, window after window. It begins anew
 * when another version begins to serve, as long as more of its horizons come due for the first
 * time, since they are not alike, and after a drift: what has come is the usual from then on.
 */
final class DriftWatch {
  private static final int LAYOUT = 1;

  private final EvaluationSettings settings;
  private long lastWindow = Long.MIN_VALUE; // whose start it is; they come in order
  private String model = "";
  private boolean drifted;
  private BitSet seen = new BitSet(); // targets and horizons that were ever scored
  private PageHinkley test;

  DriftWatch(EvaluationSettings settings) {
    this.settings = settings;
    test = new PageHinkley(settings.drift());
  }

  /** Whether the version that serves has drifted. */
  boolean drifted() {
    return drifted;
  }

  /** How far it is on the way to a drift, in standard deviations. */
  double statistic() {
    return test.statistic();
  }

  /**
   * Takes in a window's sums of all versions; windows come in their order. After a restore keys
   * that are behind open windows again that were taken in before: these tell nothing new, least of
   * all that an earlier version serves.
   */
  Optional<Drift> add(List<WindowSums> window) {
    if (window.isEmpty() || window.get(0).window() <= lastWindow) {
      return Optional.empty();
    }
    lastWindow = window.get(0).window();
    return window.stream()
        .filter(sums -> !sums.of().shadow() && sums.answers() > 0)
        .max(Comparator.comparingLong(WindowSums::lastAnswer))
        .flatMap(this::addServing);
  }

  private Optional<Drift> addServing(WindowSums sums) {
    String serves = sums.of().shape().model();
    if (!serves.equals(model)) {
      model = serves;
      drifted = false;
      seen = new BitSet();
      test = new PageHinkley(settings.drift());
    }
    OptionalDouble error = RelativeError.of(sums);
    if (sums.count() < settings.drift().scores() || error.isEmpty()) {
      return Optional.empty();
    }
    int before = seen.cardinality();
    seen.or(RelativeError.columns(sums));
    if (seen.cardinality() > before) {
      test = new PageHinkley(settings.drift());
    }
    return test.add(sums.window(), error.getAsDouble())
        ? Optional.of(found(sums.window()))
        : Optional.empty();
  }

  private Drift found(long window) {
    Drift drift =
        new Drift(
            model,
            window + settings.window().toMillis(),
            test.since(),
            StrictMath.exp(test.meanBefore()),
            StrictMath.exp(test.meanSince()),
            test.count());
    drifted = true;
    test = new PageHinkley(settings.drift());
    return drift;
  }

  byte[] write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(LAYOUT);
    out.writeLong(lastWindow);
    out.writeUTF(model);
    out.writeBoolean(drifted);
    byte[] columns = seen.toByteArray();
    out.writeInt(columns.length);
    out.write(columns);
    test.write(out);
    return bytes.toByteArray();
  }

  void read(byte[] written) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(written));
    int layout = in.readUnsignedByte();
    if (layout != LAYOUT) {
      throw new IOException("drift: layout " + layout + " (this build reads " + LAYOUT + ")");
    }
    lastWindow = in.readLong();
    model = in.readUTF();
    drifted = in.readBoolean();
    seen = BitSet.valueOf(in.readNBytes(in.readInt()));
    test.read(in);
  }
}
