package dev.eddy.model.spec.layer;

import java.util.List;
import java.util.Map;

/**
 * A layer of Simple Recurrent Units: Lei et al. 2018, arXiv:1709.02755v5.
 *
 * @param inputs D
 * @param units H
 */
public record SruShape(int inputs, int units) implements LayerShape {
  public SruShape {
    LayerSizes.require("sru", inputs, units);
  }

  @Override
  public String cell() {
    return "sru";
  }

  /** Whether a projection of the inputs takes the highway: where they are not as many as units. */
  public boolean projects() {
    return inputs != units;
  }

  /** G, the column blocks of its weight: candidate, forget, reset, and the highway's projection. */
  public int blocks() {
    return projects() ? 4 : 3;
  }

  @Override
  public List<Carried> carried() {
    return List.of(new Carried("c", units));
  }

  @Override
  public List<TensorShape> tensors() {
    return List.of(
        TensorShape.of(TensorShape.WEIGHT, inputs, units * blocks()),
        TensorShape.of(TensorShape.RECURRENT, 2, units),
        TensorShape.of(TensorShape.BIAS, 2, units),
        TensorShape.of(TensorShape.HIGHWAY_SCALE, 1));
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
    return units * blocks();
  }

  @Override
  public int kept() {
    return units * (blocks() + 2);
  }

  @Override
  public <T> T accept(LayerVisitor<T> visitor) {
    return visitor.sru(this);
  }
}
