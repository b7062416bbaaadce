package dev.eddy.model.spec.layer;

import java.util.List;
import java.util.Map;

/**
 * A layer of Gated Recurrent Units: Cho et al. 2014, arXiv:1406.1078v1, the reset gate acting after
 * the product.
 *
 * @param inputs D
 * @param units H
 */
public record GruShape(int inputs, int units) implements LayerShape {
  private static final int GATES = 3;

  public GruShape {
    LayerSizes.require("gru", inputs, units);
  }

  @Override
  public String cell() {
    return "gru";
  }

  @Override
  public List<Carried> carried() {
    return List.of(new Carried("h", units));
  }

  @Override
  public List<TensorShape> tensors() {
    return List.of(
        TensorShape.of(TensorShape.WEIGHT, inputs, GATES * units),
        TensorShape.of(TensorShape.RECURRENT, units, GATES * units),
        TensorShape.of(TensorShape.BIAS, (GATES + 1) * units));
  }

  @Override
  public Map<String, Object> options() {
    return Map.of();
  }

  @Override
  public String summary() {
    return cell();
  }

  @Override
  public int products() {
    return GATES * units;
  }

  @Override
  public int kept() {
    return (GATES + 2) * units;
  }

  @Override
  public <T> T accept(LayerVisitor<T> visitor) {
    return visitor.gru(this);
  }
}
