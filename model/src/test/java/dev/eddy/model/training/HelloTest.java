package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelloTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(CellType.class)
  void every_cell_learns_to_spell_hello_and_serves_it(CellType cell) throws IOException {
    TrainingResult result = Hello.train(cell, directory);
    Head.Classes head = (Head.Classes) result.spec().head();
    try (StepEngine engine =
        StepEngines.create(StepEngines.resolve(EngineKind.AUTO), result.published())) {
      ModelRunner runner = new ModelRunner(result.spec(), engine);
      KeyState state = runner.fresh();
      double[] probabilities = new double[runner.predictionSize()];
      StringBuilder said = new StringBuilder("h");
      for (int step = 0; step < 4; step++) {
        int slot = runner.add(state, Hello.input(step, said.substring(step)));
        runner.step();
        runner.prediction(slot, probabilities);
        runner.clear();
        said.append(Hello.mostProbable(head, probabilities));
      }
      assertThat(said).hasToString("hello");
    }
  }
}
