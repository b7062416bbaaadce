package dev.eddy.model.layer;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Lays out and initialises the parameters of a {@link SruLayer}, in the order W, v, b. */
final class SruParamInitializer implements ParamInitializer {
  static final SruParamInitializer INSTANCE = new SruParamInitializer();

  /** [nIn, H·G], 'f'-ordered. */
  static final String WEIGHT = "W";

  /** [2H], v_f then v_r. */
  static final String RECURRENT = "v";

  /** [2H], b_f then b_r. */
  static final String BIAS = "b";

  private SruParamInitializer() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    SruLayer sru = (SruLayer) layer;
    return weights(sru) + 4 * sru.getNOut();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(WEIGHT, RECURRENT, BIAS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHT, RECURRENT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return key.equals(WEIGHT) || key.equals(RECURRENT);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return key.equals(BIAS);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parametersView, boolean initializeParameters) {
    SruLayer sru = (SruLayer) conf.getLayer();
    paramKeys(sru).forEach(conf::addVariable);
    Map<String, INDArray> parameters = Collections.synchronizedMap(views(sru, parametersView));
    if (initializeParameters) {
      initialise(sru, parameters);
    }
    return parameters;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views((SruLayer) conf.getLayer(), gradientView);
  }

  private static long weights(SruLayer sru) {
    return sru.getNIn() * sru.getNOut() * sru.blocks();
  }

  private Map<String, INDArray> views(SruLayer sru, INDArray flattened) {
    if (flattened.length() != numParams(sru)) {
      throw new IllegalArgumentException(
          "parameters of "
              + sru.getLayerName()
              + ": "
              + flattened.length()
              + " (must be "
              + numParams(sru)
              + ")");
    }
    INDArray flat = flattened.reshape(flattened.length());
    long weights = weights(sru);
    long gates = 2 * sru.getNOut();
    Map<String, INDArray> views = new LinkedHashMap<>();
    views.put(
        WEIGHT,
        flat.get(NDArrayIndex.interval(0, weights))
            .reshape('f', sru.getNIn(), sru.getNOut() * sru.blocks()));
    views.put(RECURRENT, flat.get(NDArrayIndex.interval(weights, weights + gates)));
    views.put(BIAS, flat.get(NDArrayIndex.interval(weights + gates, weights + 2 * gates)));
    return views;
  }

  /** §3.2 of the paper. */
  private static void initialise(SruLayer sru, Map<String, INDArray> parameters) {
    int hidden = (int) sru.getNOut();
    double bound = Math.sqrt(3.0 / sru.getNIn());
    INDArray weight = array(parameters, WEIGHT);
    float[] values = uniform(weight.length(), bound); // 'f'-ordered, so column by column
    int gatesFrom = (int) sru.getNIn() * hidden;
    for (int i = gatesFrom; i < 3 * gatesFrom; i++) {
      values[i] *= (float) Math.sqrt(0.5);
    }
    TimeMajor.write(values, weight);
    TimeMajor.write(uniform(2L * hidden, Math.sqrt(3.0 * 0.5)), array(parameters, RECURRENT));
    float[] bias = new float[2 * hidden];
    Arrays.fill(bias, hidden, 2 * hidden, (float) sru.getHighwayBias());
    TimeMajor.write(bias, array(parameters, BIAS));
  }

  private static INDArray array(Map<String, INDArray> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private static float[] uniform(long length, double bound) {
    float[] values = new float[(int) length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * Nd4j.getRandom().nextDouble() - 1) * bound);
    }
    return values;
  }
}
