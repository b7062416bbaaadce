package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.settings.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How {@code model.json} holds a network's shape. A stack of equal layers stands there as a cell,
 * its units and a count, which every version of Eddy reads; any other as a list of layers. What is
 * as usual is left out.
 */
@JsonPOJOBuilder
final class NetworkJson {
  private final int inputSize;
  private final int outputSize;
  private @Nullable Layers layers;
  private @Nullable CellType cell;
  private @Nullable Integer hiddenSize;
  private boolean peephole;
  private double leak = 1;
  private int networks = 1;

  NetworkJson(
      @JsonProperty("inputSize") int inputSize, @JsonProperty("outputSize") int outputSize) {
    this.inputSize = inputSize;
    this.outputSize = outputSize;
  }

  /** How many equal layers, or which. */
  private record Layers(int count, @Nullable List<Layer> each) {
    @JsonCreator
    static Layers of(int count) {
      return new Layers(count, null);
    }

    @JsonCreator
    static Layers of(List<Layer> each) {
      return new Layers(each.size(), each);
    }
  }

  /** One layer of a list. */
  private static final class Layer {
    private final CellType cell;
    private final int hiddenSize;
    @JsonProperty private boolean peephole;
    @JsonProperty private double leak = 1;

    @JsonCreator
    Layer(@JsonProperty("cell") CellType cell, @JsonProperty("hiddenSize") int hiddenSize) {
      this.cell = cell;
      this.hiddenSize = hiddenSize;
    }
  }

  NetworkJson withLayers(Layers newLayers) {
    this.layers = newLayers;
    return this;
  }

  NetworkJson withCell(CellType newCell) {
    this.cell = newCell;
    return this;
  }

  NetworkJson withHiddenSize(int newHiddenSize) {
    this.hiddenSize = newHiddenSize;
    return this;
  }

  NetworkJson withPeephole(boolean newPeephole) {
    this.peephole = newPeephole;
    return this;
  }

  NetworkJson withLeak(double newLeak) {
    this.leak = newLeak;
    return this;
  }

  NetworkJson withNetworks(int newNetworks) {
    this.networks = newNetworks;
    return this;
  }

  NetworkShape build() {
    Layers found = required("layers", layers);
    if (found.each() != null) {
      return new NetworkShape(listed(found.each()), outputSize, networks);
    }
    CellType ofAll = required("cell", cell);
    int units = required("hiddenSize", hiddenSize);
    return new NetworkShape(ofAll, inputSize, units, found.count(), outputSize, peephole, leak)
        .withNetworks(networks);
  }

  private List<LayerShape> listed(List<Layer> given) {
    absent("cell", cell == null ? null : cell.configName());
    absent("hiddenSize", hiddenSize);
    absent("peephole", peephole ? true : null);
    absent("leak", leak == 1 ? null : leak);
    List<LayerShape> shapes = new ArrayList<>();
    int inputs = inputSize;
    for (Layer layer : given) {
      layer.cell.requireOptions("network.layers." + shapes.size(), layer.peephole, layer.leak);
      shapes.add(layer.cell.layer(inputs, layer.hiddenSize, layer.peephole, layer.leak));
      inputs = layer.hiddenSize;
    }
    return shapes;
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("network." + name + ": missing");
    }
    return value;
  }

  private static void absent(String name, @Nullable Object value) {
    Require.that(value == null, "network." + name, "" + value, "said of each layer of a list");
  }

  static Map<String, Object> write(NetworkShape shape) {
    Map<String, Object> written = new LinkedHashMap<>();
    LayerShape first = shape.layers().get(0);
    if (shape.layers().stream().allMatch(layer -> same(layer, first))) {
      written.put("cell", first.cell());
      written.put("inputSize", shape.inputSize());
      written.put("hiddenSize", first.units());
      written.put("layers", shape.layers().size());
      written.put("outputSize", shape.outputSize());
      written.putAll(first.options());
    } else {
      written.put("inputSize", shape.inputSize());
      written.put("layers", shape.layers().stream().map(NetworkJson::write).toList());
      written.put("outputSize", shape.outputSize());
    }
    if (shape.networks() != 1) {
      written.put("networks", shape.networks());
    }
    return written;
  }

  private static Map<String, Object> write(LayerShape layer) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("cell", layer.cell());
    written.put("hiddenSize", layer.units());
    written.putAll(layer.options());
    return written;
  }

  private static boolean same(LayerShape layer, LayerShape first) {
    return write(layer).equals(write(first));
  }
}
