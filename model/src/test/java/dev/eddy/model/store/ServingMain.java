package dev.eddy.model.store;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.tensor.PackedSequence;
import java.nio.file.Path;

/** Loads a model and steps it once, as a serving process would; prints how. */
public final class ServingMain {
  private ServingMain() {}

  public static void main(String[] arguments) {
    TrainedModel model = ModelStore.at(Path.of(arguments[0])).load(ModelId.parse(arguments[1]));
    EngineKind kind = StepEngines.resolve(EngineKind.AUTO);
    PackedSequence sequence = new PackedSequence(model.spec().network().inputSize());
    sequence.reset(new int[] {1}, 1);
    float[] hidden = new float[model.spec().network().stateSize()];
    try (StepEngine engine = StepEngines.create(kind, model.weights())) {
      engine.forward(sequence, hidden, new float[model.spec().network().outputSize()]);
    }
    System.out.println("stepped with " + StepEngines.here(kind).configName());
  }
}
