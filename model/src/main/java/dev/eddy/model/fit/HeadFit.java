package dev.eddy.model.fit;

import dev.eddy.model.encoding.BaselineForecasters;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.RawInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fits the forecast head to the training part: first the unit prior of each target, then for each
 * target and horizon the baseline with the least mean absolute residual, and the quantiles of its
 * residuals. Units are those of the very encoder that serves, baselines those of its memory.
 */
public final class HeadFit {
  private static final Head.UnitPrior NO_PRIOR = new Head.UnitPrior(0, 0, true);

  private final InputEncoding encoding;
  private final ModelSettings settings;
  private final Parts parts;
  private final int horizons;
  private final List<TargetFit> targets = new ArrayList<>();
  private final List<BaselineForecasters> terms = new ArrayList<>(); // [targets] of the present key

  public HeadFit(InputEncoding encoding, ModelSettings settings, Parts parts, long seed) {
    this.encoding = encoding;
    this.settings = settings;
    this.parts = parts;
    this.horizons = settings.horizons().size();
    for (InputEncoding.Target target : encoding.targets()) {
      TargetFit fit = new TargetFit(target, settings, encoding.targets().size(), seed);
      targets.add(fit);
      terms.add(fit.forecasters(encoding.interval()));
    }
  }

  /** First pass: what the key's training part says about residual units. */
  public void addUnit(KeyHistory history) {
    Pass pass = new Pass(Collections.nCopies(targets.size(), NO_PRIOR));
    for (RawInput input : history.inputs()) {
      if (parts.of(history.key(), input.time()) == Part.TRAINING) {
        pass.encode(input);
      }
    }
    for (int target = 0; target < targets.size(); target++) {
      targets
          .get(target)
          .addUnit(
              pass.encoder.meanChange(target, pass.memory),
              pass.encoder.meanMagnitude(target, pass.memory));
    }
  }

  /** Second pass: the residuals of every candidate. */
  public void addResiduals(KeyHistory history) {
    List<ForecastTargets> actuals = new ArrayList<>();
    for (int target = 0; target < targets.size(); target++) {
      actuals.add(
          new ForecastTargets(
              history, encoding.targetIndex(target), settings.horizons(), encoding.interval()));
      terms.get(target).begin();
    }
    Pass pass = new Pass(targets.stream().map(TargetFit::unitPrior).toList());
    for (int row = 0; row < history.length(); row++) {
      RawInput input = history.inputs().get(row);
      pass.encode(input);
      for (int target = 0; target < targets.size(); target++) {
        terms.get(target).observe(input.time(), input.numeric()[encoding.targetIndex(target)]);
        double unit = pass.origin[target * (horizons + 1) + horizons];
        addResiduals(history.key(), row, target, actuals.get(target), unit);
      }
    }
  }

  private void addResiduals(String key, int row, int target, ForecastTargets actuals, double unit) {
    BaselineForecasters ofTarget = terms.get(target);
    double[] said = new double[ofTarget.most()];
    for (int horizon = 0; horizon < horizons; horizon++) {
      double actual = actuals.actual(row, horizon);
      if (!Double.isNaN(actual) && parts.of(key, actuals.time(row, horizon)) == Part.TRAINING) {
        ofTarget.forecast(horizon, said, 0);
        targets.get(target).add(said, unit, horizon, actual);
      }
    }
  }

  /**
   * The head.
   *
   * @throws IllegalArgumentException if a target is nowhere observed at a horizon of the training
   *     part
   */
  public Head.Forecast head() {
    return new Head.Forecast(
        settings.horizons(), settings.quantiles(), targets.stream().map(TargetFit::head).toList());
  }

  /** For each column 1 / (the baseline's mean absolute residual), in residual units. */
  public double[] weights() {
    return targets.stream().flatMapToDouble(TargetFit::weights).toArray();
  }

  /** One key's way through the encoder, the baselines of all targets the last value. */
  private final class Pass {
    private final InputEncoder encoder;
    private final KeyMemory memory;
    private final float[] inputs;
    private final double[] origin;

    Pass(List<Head.UnitPrior> priors) {
      encoder = new InputEncoder(probe(priors));
      memory = encoder.fresh();
      inputs = new float[encoder.inputSize()];
      origin = new double[encoder.originSize()];
    }

    void encode(RawInput input) {
      encoder.encode(input, memory, inputs, 0, origin, 0);
    }
  }

  private ModelSpec probe(List<Head.UnitPrior> priors) {
    List<Head.TargetHead> heads = new ArrayList<>();
    for (int target = 0; target < targets.size(); target++) {
      heads.add(
          new Head.TargetHead(
              encoding.targets().get(target).name(),
              Collections.nCopies(horizons, Head.Baseline.last()),
              Collections.nCopies(horizons, 0f),
              priors.get(target)));
    }
    Head.Forecast head = new Head.Forecast(settings.horizons(), List.of(0.5), heads);
    int inputs = InputEncoder.inputSize(encoding, head);
    NetworkShape network = new NetworkShape(CellType.SRU, inputs, 1, 1, head.outputSize());
    return new ModelSpec(network, encoding, head);
  }
}
