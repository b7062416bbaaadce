package dev.eddy.model.spec.layer;

import dev.eddy.settings.Require;
import java.util.List;
import java.util.Map;

/**
 * A layer of plain recurrent units: Elman 1990; leaky as in Jaeger et al. 2007.
 *
 * @param inputs D
 * @param units H
 * @param leak a in (0, 1], the share of a unit that each step replaces; 1: all of it
 */
public record RnnShape(int inputs, int units, double leak) implements LayerShape {
  public RnnShape {
    LayerSizes.require("rnn", inputs, units);
    Require.that(leak > 0 && leak <= 1, "rnn.leak", leak, "above 0 and at most 1");
  }

  @Override
  public String cell() {
    return "rnn";
  }

  @Override
  public List<Carried> carried() {
    return List.of(new Carried("h", units));
  }

  @Override
  public List<TensorShape> tensors() {
    return List.of(
        TensorShape.of(TensorShape.WEIGHT, inputs, units),
        TensorShape.of(TensorShape.RECURRENT, units, units),
        TensorShape.of(TensorShape.BIAS, units));
  }

  @Override
  public Map<String, Object> options() {
    return leak == 1 ? Map.of() : Map.of("leak", leak);
  }

  @Override
  public String summary() {
    return leak == 1 ? cell() : "rnn with leak " + leak;
  }

  @Override
  public int products() {
    return units;
  }

  @Override
  public int kept() {
    return 2 * units;
  }

  @Override
  public <T> T accept(LayerVisitor<T> visitor) {
    return visitor.rnn(this);
  }
}
