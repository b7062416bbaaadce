package dev.eddy.model.layer.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class Nd4jPassTest {
  @Test
  void memory_grows_to_the_largest_size_only() {
    Nd4jPass pass = new Nd4jGruPass(3, 4);
    INDArray large = pass.kept("name", 8, 4);
    long address = large.data().address();
    assertThat(pass.kept("name", 2, 4).shape()).containsExactly(2, 4);
    assertThat(pass.kept("name", 2, 4).data().address()).isEqualTo(address);
    assertThat(pass.kept("name", 8, 4).data().address()).isEqualTo(address);
    assertThat(pass.kept("name", 9, 4).shape()).containsExactly(9, 4);
  }
}
