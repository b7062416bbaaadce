package dev.eddy.pipeline.evaluation.window;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.EventTypes;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes what a version's predictions mean. It does so as a prediction of zeros, whose layout is
 * kept readable anyhow.
 */
public final class ShapeCodec {
  private final TypeSerializer<Prediction> predictions =
      EventTypes.PREDICTION.createSerializer(new SerializerConfigImpl());

  public void write(PredictionShape shape, DataOutputView target) throws IOException {
    predictions.serialize(new Prediction("", 0, 0, 0, shape, new double[shape.size()]), target);
  }

  public PredictionShape read(DataInputView source) throws IOException {
    return predictions.deserialize(source).shape();
  }
}
