package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RowwiseLossTest {
  private static final ActivationIdentity IDENTITY = new ActivationIdentity();
  private static final float NAN = Float.NaN;

  private final PinballLoss pinball =
      new PinballLoss(new double[] {0.1, 0.5}, new double[] {-1, 0}, new double[] {2, 4});

  @Test
  void pinball_weighs_errors_by_level_offset_and_weight() {
    // errors 3 - (1 - 1) = 3 and 3 - 5 = -2
    assertThat(score(pinball, row(3, 3), row(1, 5), null))
        .isCloseTo(2 * 0.1 * 3 + 4 * 0.5 * 2, within(1e-6));
  }

  @Test
  void pinball_is_least_at_the_quantile() {
    PinballLoss loss = new PinballLoss(new double[] {0.8}, new double[] {0}, new double[] {1});
    Random random = new Random(1);
    float[][] labels = new float[1000][1];
    for (float[] label : labels) {
      label[0] = random.nextFloat();
    }
    double best = Double.POSITIVE_INFINITY;
    double argument = 0;
    for (float guess = 0.5f; guess < 1f; guess += 0.01f) {
      INDArray outputs = Nd4j.valueArrayOf(new long[] {1000, 1}, guess, DataType.FLOAT);
      double found = score(loss, Nd4j.create(labels), outputs, null);
      if (found < best) {
        best = found;
        argument = guess;
      }
    }
    assertThat(argument).isCloseTo(0.8, within(0.03));
  }

  @Test
  void a_missing_target_masks_its_output_alone() {
    INDArray labels = Nd4j.create(new float[][] {{3, NAN}, {NAN, NAN}});
    INDArray outputs = Nd4j.create(new float[][] {{1, 5}, {7, 7}});
    assertThat(score(pinball, labels, outputs, null)).isCloseTo(2 * 0.1 * 3, within(1e-6));
    INDArray gradient = pinball.computeGradient(labels, outputs, IDENTITY, null);
    assertThat(gradient.toFloatMatrix()).isDeepEqualTo(new float[][] {{-0.2f, 0}, {0, 0}});
  }

  @Test
  void nothing_observed_costs_nothing() {
    assertThat(score(pinball, row(NAN, NAN), row(1, 5), null)).isZero();
    assertThat(score(new SoftmaxCrossEntropy(), row(NAN, NAN), row(1, 5), null)).isZero();
  }

  @Test
  void a_masked_row_counts_like_an_unobserved_one() {
    INDArray labels = Nd4j.create(new float[][] {{0, 1}, {1, 0}});
    INDArray outputs = Nd4j.create(new float[][] {{2, 1}, {-3, 4}});
    INDArray mask = Nd4j.create(new float[][] {{1}, {0}});
    assertThat(score(new SoftmaxCrossEntropy(), labels, outputs, mask))
        .isCloseTo(Math.log(Math.exp(2) + Math.exp(1)) - 1, within(1e-6));
  }

  @Test
  void cross_entropy_survives_large_outputs() {
    INDArray labels = row(1, 0);
    assertThat(score(new SoftmaxCrossEntropy(), labels, row(1000, -1000), null)).isZero();
    assertThat(score(new SoftmaxCrossEntropy(), labels, row(-1000, 1000), null)).isEqualTo(2000);
  }

  @Test
  void gradients_equal_finite_differences() {
    Random random = new Random(3);
    PinballLoss wide =
        new PinballLoss(
            new double[] {0.1, 0.5, 0.9}, new double[] {-1, 0, 1}, new double[] {1, 2, 3});
    for (RowwiseLoss loss : new RowwiseLoss[] {wide, new SoftmaxCrossEntropy()}) {
      float[][] labels = {{1, 0, 0}, {NAN, NAN, NAN}, {0, 1, 0}, {0, 0, 1}};
      float[][] outputs = new float[4][3];
      for (float[] row : outputs) {
        for (int i = 0; i < 3; i++) {
          row[i] = (float) random.nextGaussian();
        }
      }
      INDArray gradient =
          loss.computeGradient(Nd4j.create(labels), Nd4j.create(outputs), IDENTITY, null);
      for (int r = 0; r < 4; r++) {
        for (int i = 0; i < 3; i++) {
          float kept = outputs[r][i];
          outputs[r][i] = kept + 1e-2f;
          double above = score(loss, Nd4j.create(labels), Nd4j.create(outputs), null);
          outputs[r][i] = kept - 1e-2f;
          double below = score(loss, Nd4j.create(labels), Nd4j.create(outputs), null);
          outputs[r][i] = kept;
          assertThat(gradient.getDouble(r, i))
              .as("%s %d %d", loss.name(), r, i)
              .isCloseTo((above - below) / 2e-2, within(1e-4));
        }
      }
    }
  }

  private static INDArray row(float... values) {
    return Nd4j.create(new float[][] {values});
  }

  private static double score(RowwiseLoss loss, INDArray labels, INDArray outputs, INDArray mask) {
    return loss.computeScore(labels, outputs, IDENTITY, mask, true);
  }
}
