package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Lays out and initialises the parameters that a {@link CellLayer} lists, in that order. */
final class CellParameters implements ParamInitializer {
  static final CellParameters INSTANCE = new CellParameters();

  private CellParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return parameters(layer).stream().mapToLong(CellParameter::size).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return parameters(layer).stream().map(CellParameter::name).toList();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return paramKeys(layer).stream().filter(name -> isWeightParam(layer, name)).toList();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return paramKeys(layer).stream().filter(name -> isBiasParam(layer, name)).toList();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return !isBiasParam(layer, key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return key.equals(NamedArrays.BIAS);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parametersView, boolean initializeParameters) {
    CellLayer layer = (CellLayer) conf.getLayer();
    Map<String, INDArray> views = views(layer, parametersView);
    for (CellParameter parameter : layer.parameters()) {
      conf.addVariable(parameter.name());
      if (initializeParameters) {
        HostValues.write(
            parameter.initial().get(), Objects.requireNonNull(views.get(parameter.name())));
      }
    }
    return Collections.synchronizedMap(views);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views((CellLayer) conf.getLayer(), gradientView);
  }

  private static List<CellParameter> parameters(Layer layer) {
    return ((CellLayer) layer).parameters();
  }

  private Map<String, INDArray> views(CellLayer layer, INDArray flattened) {
    if (flattened.length() != numParams(layer)) {
      throw new IllegalArgumentException(
          "parameters of "
              + layer.getLayerName()
              + ": "
              + flattened.length()
              + " (must be "
              + numParams(layer)
              + ")");
    }
    INDArray flat = flattened.reshape(flattened.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = 0;
    for (CellParameter parameter : layer.parameters()) {
      long to = from + parameter.size();
      views.put(
          parameter.name(),
          flat.get(NDArrayIndex.interval(from, to))
              .reshape('c', parameter.rows(), parameter.columns()));
      from = to;
    }
    return views;
  }
}
