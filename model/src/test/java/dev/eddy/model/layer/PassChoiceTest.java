package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.engine.ChildJvm;
import java.io.IOException;
import java.util.Locale;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** What layers compute on is decided by how the JVM was started. */
class PassChoiceTest {
  private static final String LOGGED = "-Dorg.apache.logging.log4j.level=WARN";
  private static final String WARNING = "many times slower";

  @Test
  void without_the_vector_module_training_goes_on_with_nd4j_and_one_warning()
      throws IOException, InterruptedException {
    String with = train(LOGGED, "--add-modules", "jdk.incubator.vector");
    String without = train(LOGGED);
    assertThat(with).doesNotContain(WARNING);
    assertThat(without).containsOnlyOnce(WARNING);
    assertThat(score(without)).isCloseTo(score(with), within(1e-4));
  }

  private static String train(String... flags) throws IOException, InterruptedException {
    return new ChildJvm(flags).run(Training.class);
  }

  private static double score(String printed) {
    return Double.parseDouble(printed.substring(printed.lastIndexOf("score ") + 6).strip());
  }

  /** Trains a little network of two layers and prints its score. */
  static final class Training {
    private Training() {}

    public static void main(String[] arguments) {
      MultiLayerNetwork network =
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .seed(3)
                  .updater(new Sgd(0.1))
                  .list()
                  .layer(new LstmLayer.Builder().nIn(3).nOut(5).build())
                  .layer(new LstmLayer.Builder().nIn(5).nOut(5).build())
                  .layer(new SequenceOutputLayer.Builder(new LossMSE()).nIn(5).nOut(2).build())
                  .build());
      network.init();
      Nd4j.getRandom().setSeed(4);
      INDArray x = Nd4j.randn(DataType.FLOAT, 4, 3, 6);
      INDArray y = Nd4j.randn(DataType.FLOAT, 4, 2, 6);
      for (int i = 0; i < 5; i++) {
        network.fit(x, y);
      }
      System.out.printf(Locale.ROOT, "score %.6f%n", network.score());
    }
  }
}
