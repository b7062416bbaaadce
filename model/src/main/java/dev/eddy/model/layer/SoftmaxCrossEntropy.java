package dev.eddy.model.layer;

import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of the softmax of the outputs, for Deeplearning4j: −Σ label · log softmax, the
 * mean over rows. Labels are one-hot or a distribution; a row whose first label is NaN is masked.
 * Takes the outputs before any activation (logits), so that neither overflows.
 */
public final class SoftmaxCrossEntropy extends RowwiseLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double row(float[] labels, float[] outputs, int offset, int size, float @Nullable [] gradient) {
    if (Float.isNaN(labels[offset])) {
      return Double.NaN;
    }
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + size; i++) {
      greatest = Math.max(greatest, outputs[i]);
    }
    double sum = 0;
    for (int i = offset; i < offset + size; i++) {
      sum += Math.exp(outputs[i] - greatest);
    }
    double logSum = greatest + Math.log(sum);
    double loss = 0;
    for (int i = offset; i < offset + size; i++) {
      loss += labels[i] * (logSum - outputs[i]);
      if (gradient != null) {
        gradient[i] = (float) (Math.exp(outputs[i] - logSum) - labels[i]);
      }
    }
    return loss;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SoftmaxCrossEntropy;
  }

  @Override
  public int hashCode() {
    return SoftmaxCrossEntropy.class.hashCode();
  }
}
