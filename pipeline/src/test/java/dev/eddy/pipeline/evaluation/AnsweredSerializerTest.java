package dev.eddy.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnsweredSerializerTest {
  private static final PredictionShape CLASSES =
      new PredictionShape.Classes("test@3", List.of("calm", "storm"));

  private final AnsweredSerializer serializer = new AnsweredSerializer();

  @Test
  void reads_what_it_wrote() throws Exception {
    Prediction said = new Prediction("a", 5, 1, 9, CLASSES, new double[] {.25, .75});
    Answered read =
        again(answered("calm", List.of(new Answer(said, false), new Answer(said, true))));

    assertThat(read.key()).isEqualTo("a");
    assertThat(read.time()).isEqualTo(5);
    assertThat(read.actuals()).containsExactly(1.5, Double.NaN);
    assertThat(read.label()).isEqualTo("calm");
    assertThat(read.answers()).extracting(Answer::shadow).containsExactly(false, true);
    assertThat(read.answers().get(1).prediction().shape()).isEqualTo(CLASSES);
    assertThat(read.answers().get(1).prediction().values()).containsExactly(.25, .75);
  }

  @Test
  void reads_what_has_no_label_and_no_answer() throws Exception {
    Answered read = again(answered(null, List.of()));

    assertThat(read.label()).isNull();
    assertThat(read.answers()).isEmpty();
  }

  @Test
  void refuses_a_layout_that_it_does_not_know() throws Exception {
    byte[] bytes = bytes(answered(null, List.of()));
    bytes[0] = 9;

    assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage("answered: layout 9 (this build reads 1)");
  }

  private static Answered answered(@Nullable String label, List<Answer> answers) {
    return new Answered("a", 5, new double[] {1.5, Double.NaN}, label, answers);
  }

  private Answered again(Answered answered) throws IOException {
    return serializer.duplicate().deserialize(new DataInputDeserializer(bytes(answered)));
  }

  private byte[] bytes(Answered answered) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(64);
    serializer.serialize(answered, target);
    return target.getCopyOfBuffer();
  }
}
