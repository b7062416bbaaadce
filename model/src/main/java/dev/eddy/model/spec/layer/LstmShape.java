package dev.eddy.model.spec.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A layer of Long Short-Term Memory with forget gate: Hochreiter and Schmidhuber 1997; Gers et al.
 * 2000.
 *
 * @param inputs D
 * @param units H
 * @param peephole whether the gates see the cell too: Gers, Schraudolph, Schmidhuber 2002
 */
public record LstmShape(int inputs, int units, boolean peephole) implements LayerShape {
  private static final int GATES = 4;

  public LstmShape {
    LayerSizes.require("lstm", inputs, units);
  }

  @Override
  public String cell() {
    return "lstm";
  }

  @Override
  public List<Carried> carried() {
    return List.of(new Carried("h", units), new Carried("c", units));
  }

  @Override
  public List<TensorShape> tensors() {
    List<TensorShape> tensors = new ArrayList<>();
    tensors.add(TensorShape.of(TensorShape.WEIGHT, inputs, GATES * units));
    tensors.add(TensorShape.of(TensorShape.RECURRENT, units, GATES * units));
    tensors.add(TensorShape.of(TensorShape.BIAS, GATES * units));
    if (peephole) {
      tensors.add(TensorShape.of(TensorShape.PEEPHOLE, 3, units));
    }
    return tensors;
  }

  @Override
  public Map<String, Object> options() {
    return peephole ? Map.of("peephole", true) : Map.of();
  }

  @Override
  public String summary() {
    return peephole ? "lstm with peepholes" : cell();
  }

  @Override
  public int products() {
    return GATES * units;
  }

  @Override
  public int kept() {
    return (GATES + 3) * units;
  }

  @Override
  public boolean sharesStateWith(LayerShape other) {
    return other instanceof LstmShape lstm && units == lstm.units && peephole == lstm.peephole;
  }

  @Override
  public <T> T accept(LayerVisitor<T> visitor) {
    return visitor.lstm(this);
  }
}
