package dev.eddy.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecJsonTest {
  @Test
  void a_forecaster_reads_back_as_it_was() throws JsonProcessingException {
    ModelSpec spec = forecaster(0.1f, 1 / 3.0);

    assertThat(read(write(spec))).isEqualTo(spec);
  }

  @Test
  void a_linear_baseline_reads_back_as_it_was() throws JsonProcessingException {
    Head.Linear linear =
        new Head.Linear(List.of(7), List.of(new Head.Lag(6, 1 / 3.0)), List.of(0.1, -0.2));
    ModelSpec spec = forecaster(0.1f, 1 / 3.0, linear);

    assertThat(read(write(spec))).isEqualTo(spec);
    assertThat(write(spec))
        .contains("{'periods':6,'weight':0.3333333333333333}".replace('\'', '"'));
  }

  @Test
  void a_classifier_reads_back_as_it_was() throws JsonProcessingException {
    ModelSpec spec =
        new ModelSpec(
            new NetworkShape(CellType.LSTM, 4, 64, 2, 2),
            Encodings.of(
                List.of(new InputEncoding.NumericFeature("x", true, 0, 1, 16)),
                List.of(),
                List.of(),
                ZoneId.of("+08:00"),
                Optional.empty(),
                Duration.ofMillis(500),
                List.of(),
                List.of(4, 16)),
            new Head.Classes(List.of("lying", "sitting")));

    assertThat(read(write(spec))).isEqualTo(spec);
  }

  @Test
  void peepholes_and_leak_are_written_only_where_there_are_any() throws JsonProcessingException {
    NetworkShape peephole = new NetworkShape(CellType.LSTM, 9, 8, 2, 2, true, 1);
    NetworkShape leaky = new NetworkShape(CellType.RNN, 9, 8, 2, 2, false, 0.25);

    assertThat(write(peephole)).endsWith("'peephole':true}".replace('\'', '"'));
    assertThat(write(leaky)).endsWith("'outputSize':2,'leak':0.25}".replace('\'', '"'));
    for (NetworkShape shape : List.of(peephole, leaky)) {
      assertThat(SpecJson.mapper().readValue(write(shape), NetworkShape.class)).isEqualTo(shape);
    }
  }

  @Test
  void layers_that_differ_are_written_as_a_list() throws JsonProcessingException {
    NetworkShape mixed =
        new NetworkShape(
            List.of(new SruShape(9, 64), new LstmShape(64, 32, true), new RnnShape(32, 8, 0.25)),
            2,
            3);

    assertThat(write(mixed))
        .isEqualTo(
            ("{'inputSize':9,'layers':[{'cell':'sru','hiddenSize':64},"
                    + "{'cell':'lstm','hiddenSize':32,'peephole':true},"
                    + "{'cell':'rnn','hiddenSize':8,'leak':0.25}],'outputSize':2,'networks':3}")
                .replace('\'', '"'));
    assertThat(SpecJson.mapper().readValue(write(mixed), NetworkShape.class)).isEqualTo(mixed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'cell':'sru',|'cell':'sru','depth':2,|network.0.depth: unknown (must be one of [cell, hiddenSize, leak, peephole])",
        "'cell':'sru'|'cell':'sru','leak':0.5|network.layers.0.leak: 0.5 (must be 1 with cell sru; only rnn leaks)",
        "'inputSize'|'cell':'sru','inputSize'|network.cell: sru (must be said of each layer of a list)",
        "[{'cell':'sru','hiddenSize':64},{'cell':'gru','hiddenSize':32}]|[]|network.layers: none (must be one or more)"
      })
  void a_wrong_list_of_layers_is_refused_in_one_line(
      String found, String replacement, String complaint) throws JsonProcessingException {
    NetworkShape mixed = new NetworkShape(List.of(new SruShape(9, 64), new GruShape(64, 32)), 2, 1);
    String network = write(mixed);
    String wrong = network.replace(found.replace('\'', '"'), replacement.replace('\'', '"'));
    assertThat(wrong).isNotEqualTo(network);
    String spec = write(forecaster(0.1f, 0.25)).replaceFirst("\\{\"cell\".*?}", wrong);

    assertThatThrownBy(() -> read(spec))
        .isInstanceOfSatisfying(
            JsonProcessingException.class,
            problem -> assertThat(SpecJson.describe(problem)).isEqualTo(complaint));
  }

  @Property(tries = 300)
  void every_number_reads_back_to_its_last_bit(@ForAll int floatBits, @ForAll long doubleBits)
      throws JsonProcessingException {
    float single = Float.intBitsToFloat(floatBits);
    double wide = Math.abs(Double.longBitsToDouble(doubleBits));
    if (!Float.isFinite(single) || !Double.isFinite(wide)) {
      return;
    }
    ModelSpec spec = forecaster(single, wide);

    assertThat(read(write(spec))).isEqualTo(spec);
  }

  @Test
  void the_written_form_is_the_one_that_model_files_hold() throws JsonProcessingException {
    assertThat(write(forecaster(0.1f, 0.25)))
        .isEqualTo(
            ("{'network':{'cell':'sru','inputSize':9,'hiddenSize':8,'layers':2,'outputSize':2},"
                    + "'input':{'numeric':[{'name':'y','log1p':false,'mean':1.5,'deviation':2.0,'ownPrior':0}],"
                    + "'categorical':[{'name':'wind','values':['E','N']}],"
                    + "'calendar':['day-of-year'],'zone':'Europe/Berlin','interval':'PT24H',"
                    + "'typicalGap':'PT24H','targets':[{'name':'y','seasons':[7]}],'deviationSpans':[],'statics':{'numeric':[],'categorical':[]},'future':null},"
                    + "'head':{'type':'forecast','horizons':[1],'quantiles':[0.25,0.5],"
                    + "'targets':[{'name':'y','baselines':[{'type':'mean','last':true,'seasons':[7]}],"
                    + "'residualQuantiles':[0.1,0.0],"
                    + "'unitPrior':{'constant':0.25,'perMagnitude':0.0}}],"
                    + "'warmUp':0,'calibration':null}}")
                .replace('\'', '"'));
  }

  @Test
  void a_baseline_without_a_type_is_a_mean() throws JsonProcessingException {
    ModelSpec spec = forecaster(0.1f, 0.25);

    assertThat(read(write(spec).replace("\"type\":\"mean\",", ""))).isEqualTo(spec);
  }

  @Test
  void calibration_reads_back() throws JsonProcessingException {
    Calibration always = new Calibration(List.of(0.5, 0.8), List.of(-0.1f, 2.5f), Optional.empty());
    Calibration late =
        new Calibration(
            always.levels(), always.scores(), Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
    for (Calibration calibration : List.of(always, late)) {
      assertThat(SpecJson.mapper().readValue(write(calibration), Calibration.class))
          .isEqualTo(calibration);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~', // the lines hold quotes themselves
      value = {
        "\"layers\":2|\"layers\":2,\"depth\":3|network.depth: unknown (must be one of [cell, hiddenSize, inputSize, layers, leak, networks, outputSize, peephole])",
        "\"layers\":2,||network.layers: missing",
        "\"layers\":2|\"layers\":null|network.layers: missing",
        "\"cell\":\"sru\"|\"cell\":\"cnn\"|cell: cnn (must be one of sru, lstm, gru, rnn)",
        "\"cell\":\"sru\"|\"cell\":\"sru\",\"leak\":0.5|network.leak: 0.5 (must be 1 with cell sru; only rnn leaks)",
        "\"cell\":\"sru\"|\"cell\":\"gru\",\"peephole\":true|network.peephole: true (must be false with cell gru; only lstm has peepholes)",
        "\"cell\":\"sru\"|\"cell\":\"rnn\",\"leak\":1.5|network.leak: 1.5 (must be above 0 and at most 1)",
        "\"layers\":2|\"layers\":0|network.layers: 0 (must be 1 or more)",
        "\"name\":\"y\",\"seasons\"|\"name\":\"z\",\"seasons\"|input.targets: z (must be one of the numeric features [y])",
        "\"targets\":[{\"name\":\"y\",\"seasons\":[7]}]|\"targets\":[]|head.targets: [y] (must be the input's, [])",
        "\"targets\":[{\"name\":\"y\",\"baselines\"|\"targets\":[{\"name\":\"z\",\"baselines\"|head.targets: [z] (must be the input's, [y])",
        "\"last\":true,\"seasons\":[7]|\"last\":true,\"seasons\":[8]|head.baselines: seasons [8] (must be among the target's seasons [7])",
        "[0.25,0.5]|[0.25,0.75]|head.quantiles: [0.25, 0.75] (must lie between 0 and 1, 0.5 among them)",
        "\"horizons\":[1]|\"horizons\":[0]|head.horizons: [0] (must be ascending, each 1 or more)",
        "[0.1,0.0]|[0.1]|head.residualQuantiles: 1 values (must be 2)",
        "\"outputSize\":2|\"outputSize\":3|network.outputSize: 3 (must be 2, as the head needs)",
        "\"deviation\":2.0|\"deviation\":0.0|feature y: mean 1.5, deviation 0.0 (must be finite, deviation above 0)",
        "[\"E\",\"N\"]|[\"E\",\"E\"]|input.wind.values: E twice (must be distinct)",
        "\"typicalGap\":\"PT24H\"|\"typicalGap\":\"PT0S\"|input.typicalGap: PT0S (must be 1 ms or more)",
        "\"warmUp\":0|\"warmUp\":-1|head.warmUp: -1 (must be 0 or more)",
        "\"calibration\":null|\"calibration\":{\"levels\":[0.5],\"scores\":[1.0],\"learnsFrom\":null}|head.calibration.scores: 1 values (must be 0)",
        "\"calibration\":null|\"calibration\":{\"levels\":[0.5,1.0],\"scores\":[],\"learnsFrom\":null}|head.calibration.levels: [0.5, 1.0] (must lie between 0 and 1)",
        "\"calibration\":null|\"calibration\":{\"levels\":[0.5,0.9],\"scores\":[1.0,0.5],\"learnsFrom\":null}|head.calibration.scores: 0.5 at 1 (must be finite and not descend along the levels)",
        "Europe/Berlin|Europe/Bielefeld|input.zone: "
      })
  void a_wrong_spec_is_refused_in_one_line(String found, String replacement, String complaint)
      throws JsonProcessingException {
    String written = write(forecaster(0.1f, 0.25));
    String wrong = written.replace(found, replacement == null ? "" : replacement);
    assertThat(wrong).isNotEqualTo(written);

    assertThatThrownBy(() -> read(wrong))
        .isInstanceOfSatisfying(
            JsonProcessingException.class,
            problem ->
                assertThat(SpecJson.describe(problem)).startsWith(complaint).doesNotContain("\n"));
  }

  private static ModelSpec forecaster(float residual, double constant) {
    return forecaster(residual, constant, new Head.Mean(true, List.of(7)));
  }

  private static ModelSpec forecaster(float residual, double constant, Head.Baseline baseline) {
    return new ModelSpec(
        new NetworkShape(CellType.SRU, 9, 8, 2, 2),
        Encodings.of(
            List.of(new InputEncoding.NumericFeature("y", false, 1.5, 2, 0)),
            List.of(new InputEncoding.CategoricalFeature("wind", List.of("E", "N"))),
            List.of(CalendarPart.DAY_OF_YEAR),
            ZoneId.of("Europe/Berlin"),
            Optional.of(Duration.ofDays(1)),
            Duration.ofDays(1),
            List.of(new InputEncoding.Target("y", List.of(7))),
            List.of()),
        new Head.Forecast(
            List.of(1),
            List.of(0.25, 0.5),
            List.of(
                new Head.TargetHead(
                    "y",
                    List.of(baseline),
                    List.of(residual, 0f),
                    new Head.UnitPrior(constant, 0)))));
  }

  private static String write(Object spec) throws JsonProcessingException {
    return SpecJson.mapper().writeValueAsString(spec);
  }

  private static ModelSpec read(String json) throws JsonProcessingException {
    return SpecJson.mapper().readValue(json, ModelSpec.class);
  }
}
