package dev.eddy.model.inference;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class DecimalPlacesTest {
  @Test
  void keeps_the_digits_down_to_a_hundred_thousandth_of_the_unit() {
    assertThat(rounded(21.334567891, 1)).isEqualTo(21.33457);
    assertThat(rounded(21.334567891, 9.9)).isEqualTo(21.33457);
    assertThat(rounded(21.334567891, 10)).isEqualTo(21.3346);
    assertThat(rounded(1_090_000_003.523456789, 5)).isEqualTo(1_090_000_003.52346);
    assertThat(rounded(5.0000012345678912, 1e-6)).isEqualTo(5.00000123457);
    assertThat(rounded(123_456_789, 2.5e7)).isEqualTo(123_456_800);
  }

  @Test
  void is_written_as_short_as_that() {
    assertThat(Double.toString(rounded(1_090_000_000 + 1 / 3.0, 7)))
        .isEqualTo("1.09000000033333E9");
    assertThat(Double.toString(rounded(-1e-9, 7))).isEqualTo("0.0");
  }

  @Test
  void leaves_what_has_no_such_digits() {
    assertThat(rounded(1e20 / 3, 1)).isEqualTo(1e20 / 3);
    assertThat(rounded(Double.NaN, 1)).isNaN();
    assertThat(rounded(Double.POSITIVE_INFINITY, 1)).isInfinite();
    assertThat(rounded(2.5, Float.MIN_NORMAL)).isEqualTo(2.5);
  }

  @Property
  void moves_a_value_by_no_more_than_half_of_a_hundred_thousandth_and_keeps_the_order(
      @ForAll @DoubleRange(min = -1e12, max = 1e12) double value,
      @ForAll @DoubleRange(min = 0, max = 1e6) double above,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double unit) {
    double[] values = {7.123456789, value, value + above, 7.123456789};

    DecimalPlaces.round(values, 1, 3, unit);

    assertThat(Math.abs(values[1] - value)).isLessThanOrEqualTo(0.5e-5 * unit + Math.ulp(value));
    assertThat(values[1]).isLessThanOrEqualTo(values[2]);
    assertThat(values[0]).isEqualTo(7.123456789);
    assertThat(values[3]).isEqualTo(7.123456789);
  }

  private static double rounded(double value, double unit) {
    double[] values = {value};
    DecimalPlaces.round(values, 0, 1, unit);
    return values[0];
  }
}
