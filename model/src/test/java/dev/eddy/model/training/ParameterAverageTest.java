package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ParameterAverageTest {

  @Test
  void the_first_update_leaves_nothing_of_the_parameters_before_it() {
    ParameterAverage average = new ParameterAverage(vector(100, -100), 0.99);
    average.add(vector(1, 2));
    assertThat(average.values()).isEqualTo(vector(1, 2));
  }

  @Test
  void updates_that_jump_about_a_place_average_to_it() {
    ParameterAverage average = new ParameterAverage(vector(100, -100), 0.99);
    for (int update = 0; update < 2000; update++) {
      int side = update % 2 == 0 ? 1 : -1;
      average.add(vector(3 + side, -2 * side));
    }
    assertThat(average.values().getDouble(0)).isEqualTo(3, within(0.02));
    assertThat(average.values().getDouble(1)).isEqualTo(0, within(0.02));
  }

  @Test
  void without_decay_the_latest_parameters_are_the_average() {
    ParameterAverage average = new ParameterAverage(vector(0, 0), 0);
    average.add(vector(5, 6));
    average.add(vector(7, 8));
    assertThat(average.values()).isEqualTo(vector(7, 8));
  }

  @Test
  void the_parameters_that_are_taken_in_stay_as_they_are() {
    INDArray parameters = vector(1, 2);
    ParameterAverage average = new ParameterAverage(parameters, 0.5);
    average.add(parameters);
    average.add(vector(3, 4));
    assertThat(parameters).isEqualTo(vector(1, 2));
  }

  private static INDArray vector(float... values) {
    return Nd4j.createFromArray(values);
  }
}
