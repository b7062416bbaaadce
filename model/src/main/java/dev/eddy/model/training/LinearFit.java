package dev.eddy.model.training;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Fits a linear forecast without a constant by least absolute residuals, from a uniform sample of
 * rows (Vitter 1985, algorithm R). Weights are drawn towards 0 as if some rows had said so, which
 * matters where there are few. Found by reweighted least squares (Schlossmacher 1973).
 */
final class LinearFit {
  private static final int FIRST_ROOM = 64;
  private static final int ROUNDS = 25;
  private static final double LEAST_RESIDUAL = 0.02; // of a unit: smaller ones weigh no more
  private static final double RIDGE = 10; // rows
  private static final double LEAST_PIVOT = 1e-9;

  private final int terms;
  private final int capacity;
  private final SplittableRandom random;
  private float[] rows; // [rows, terms + 1], the actual last
  private long seen;

  /** A fit of {@code terms} weights to at most {@code capacity} rows. */
  LinearFit(int terms, int capacity, long seed) {
    this.terms = terms;
    this.capacity = capacity;
    this.random = new SplittableRandom(seed);
    this.rows = new float[Math.min(capacity, FIRST_ROOM) * (terms + 1)];
  }

  /** Adds a row; {@code row} is [terms + 1], the actual last, and is copied. */
  void add(float[] row) {
    int width = terms + 1;
    if (seen * width == rows.length && seen < capacity) {
      rows = Arrays.copyOf(rows, (int) Math.min((long) capacity * width, 2L * rows.length));
    }
    long place = seen < capacity ? seen : random.nextLong(seen + 1);
    if (place < capacity) {
      System.arraycopy(row, 0, rows, (int) place * width, width);
    }
    seen++;
  }

  /** Rows in the sample. */
  int count() {
    return (int) Math.min(seen, capacity);
  }

  /** The weights that fit all rows best. */
  double[] weights() {
    return weights(row -> true);
  }

  /**
   * The mean absolute residual to expect of rows that the weights have not seen: each half of the
   * sample is judged by the weights of the other.
   */
  double expectedError() {
    double[] ofEven = weights(row -> row % 2 == 0);
    double[] ofOdd = weights(row -> row % 2 == 1);
    double sum = 0;
    for (int row = 0; row < count(); row++) {
      sum += Math.abs(residual(row, row % 2 == 0 ? ofOdd : ofEven));
    }
    return sum / count();
  }

  /** The mean absolute residual of the mean of some terms. */
  double errorOfMean(boolean[] members) {
    double[] weights = new double[terms];
    int count = 0;
    for (boolean member : members) {
      count += member ? 1 : 0;
    }
    for (int term = 0; term < members.length; term++) {
      weights[term] = members[term] ? 1.0 / count : 0;
    }
    double sum = 0;
    for (int row = 0; row < count(); row++) {
      sum += Math.abs(residual(row, weights));
    }
    return sum / count();
  }

  /** What {@code weights} leave of a row's actual. */
  double residual(int row, double[] weights) {
    int at = row * (terms + 1);
    double residual = rows[at + terms];
    for (int term = 0; term < terms; term++) {
      residual -= weights[term] * rows[at + term];
    }
    return residual;
  }

  private double[] weights(IntPredicate rowsUsed) {
    double[] weights = new double[terms];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] normal = new double[terms][terms + 1]; // the right-hand side last
      for (int row = 0; row < count(); row++) {
        if (rowsUsed.test(row)) {
          double residual = Math.abs(residual(row, weights));
          add(row, 1 / Math.max(LEAST_RESIDUAL, residual), normal);
        }
      }
      for (int term = 0; term < terms; term++) {
        normal[term][term] += RIDGE;
      }
      weights = solve(normal);
    }
    return weights;
  }

  private void add(int row, double weight, double[][] normal) {
    int at = row * (terms + 1);
    for (int i = 0; i < terms; i++) {
      double left = weight * rows[at + i];
      for (int j = 0; j <= terms; j++) {
        normal[i][j] += left * rows[at + j];
      }
    }
  }

  /** Gaussian elimination; the matrix is positive definite, so no pivot needs to be sought. */
  private static double[] solve(double[][] normal) {
    int terms = normal.length;
    for (int i = 0; i < terms; i++) {
      for (int below = i + 1; below < terms; below++) {
        double factor = normal[below][i] / Math.max(LEAST_PIVOT, normal[i][i]);
        for (int j = i; j <= terms; j++) {
          normal[below][j] -= factor * normal[i][j];
        }
      }
    }
    double[] solution = new double[terms];
    for (int i = terms - 1; i >= 0; i--) {
      double rest = normal[i][terms];
      for (int j = i + 1; j < terms; j++) {
        rest -= normal[i][j] * solution[j];
      }
      solution[i] = rest / Math.max(LEAST_PIVOT, normal[i][i]);
    }
    return solution;
  }
}
