package dev.eddy.model.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Fits a linear forecast without a constant by least absolute residuals, from a uniform sample of
 * rows (Vitter 1985, algorithm R). Weights are drawn towards 0 as if some rows had said so, which
 * matters where there are few. Found by reweighted least squares (Schlossmacher 1973).
 *
 * <p>What to expect of it is told by its two halves, the earlier rows and the later ones, each
 * judged by the weights of the other. Halves of alternate rows would not do: what lies ahead of two
 * neighbours at a distant horizon is nearly the same.
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
  private int[] numbers; // [rows] how many rows came before each
  private int seen;

  /** A fit of {@code terms} weights to at most {@code capacity} rows. */
  LinearFit(int terms, int capacity, long seed) {
    this.terms = terms;
    this.capacity = capacity;
    this.random = new SplittableRandom(seed);
    this.rows = new float[Math.min(capacity, FIRST_ROOM) * (terms + 1)];
    this.numbers = new int[Math.min(capacity, FIRST_ROOM)];
  }

  /** Adds a row; {@code row} is [terms + 1], the actual last, and is copied. */
  void add(float[] row) {
    int width = terms + 1;
    if (seen == numbers.length && seen < capacity) {
      int room = Math.min(capacity, 2 * numbers.length);
      numbers = Arrays.copyOf(numbers, room);
      rows = Arrays.copyOf(rows, room * width);
    }
    int place = seen < capacity ? seen : random.nextInt(seen + 1);
    if (place < capacity) {
      System.arraycopy(row, 0, rows, place * width, width);
      numbers[place] = seen;
    }
    if (seen < Integer.MAX_VALUE - 1) { // rows beyond replace others a little too often
      seen++;
    }
  }

  /** Rows in the sample. */
  int count() {
    return Math.min(seen, capacity);
  }

  /** The weights that fit all rows best. */
  double[] weights() {
    return weights(row -> true);
  }

  /** [rows] what the weights of the other half leave of each row. */
  double[] unseenResiduals() {
    int[] sorted = Arrays.copyOf(numbers, count());
    Arrays.sort(sorted);
    int middle = sorted[count() / 2];
    double[] ofEarlier = weights(row -> numbers[row] < middle);
    double[] ofLater = weights(row -> numbers[row] >= middle);
    double[] residuals = new double[count()];
    for (int row = 0; row < residuals.length; row++) {
      residuals[row] = residual(row, numbers[row] < middle ? ofLater : ofEarlier);
    }
    return residuals;
  }

  /** What {@code weights} leave of a row's actual. */
  private double residual(int row, double[] weights) {
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
