package dev.eddy.model.kernel.simd;

/**
 * The numbers of tanh as a rational function, x · P(x²) / Q(x²): constants that the compiler copies
 * into whoever reads them, so that {@code kernel.plain} has the very same without loading anything
 * from here.
 */
public final class TanhCoefficients {
  public static final float P0 = 1f;
  public static final float P1 = 0.13444504f;
  public static final float P2 = 0.0035716053f;
  public static final float P3 = 2.1894784e-05f;
  public static final float P4 = 1.5230592e-08f;
  public static final float Q0 = 1f;
  public static final float Q1 = 0.46777833f;
  public static final float Q2 = 0.02616447f;
  public static final float Q3 = 0.0003411304f;
  public static final float Q4 = 8.522517e-07f;

  /** The magnitude beyond which tanh is taken to be constant. */
  public static final float LIMIT = 8f;

  private TanhCoefficients() {}
}
