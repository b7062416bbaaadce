package dev.eddy.model.layer.nd4j;

import static org.deeplearning4j.nn.params.DefaultParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.DefaultParamInitializer.WEIGHT_KEY;

import dev.eddy.model.layer.pass.HeadPass;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.TimeMajor;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A linear output layer in ND4J's operations. */
final class Nd4jHeadPass implements HeadPass {
  @Override
  public INDArray forward(Map<String, INDArray> parameters, INDArray input) {
    INDArray weight = NamedArrays.get(parameters, WEIGHT_KEY);
    INDArray x = TimeMajor.matrix(input);
    INDArray outputs =
        Nd4j.createUninitialized(DataType.FLOAT, new long[] {weight.columns(), x.columns()}, 'f');
    Nd4j.gemm(weight, x, outputs, true, false, 1, 0);
    INDArray bias = parameters.get(BIAS_KEY);
    if (bias != null) {
      outputs.addiColumnVector(bias.reshape(-1, 1));
    }
    return outputs.transpose();
  }

  @Override
  public void backward(
      Map<String, INDArray> parameters,
      INDArray input,
      INDArray delta,
      Map<String, INDArray> gradients,
      INDArray inputGradient) {
    INDArray columns = delta.transpose(); // [O, T·B] 'f'
    INDArray weightGradient = NamedArrays.get(gradients, WEIGHT_KEY);
    Nd4j.gemm(TimeMajor.matrix(input), columns, weightGradient, false, true, 1, 0);
    INDArray biasGradient = gradients.get(BIAS_KEY);
    if (biasGradient != null) {
      columns.sum(biasGradient, 1);
    }
    INDArray weight = NamedArrays.get(parameters, WEIGHT_KEY);
    Nd4j.gemm(weight, columns, TimeMajor.matrix(inputGradient), false, false, 1, 0);
  }
}
