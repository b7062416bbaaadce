package dev.eddy.pipeline.train;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.eddy.model.score.Evaluation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes scores ready for JSON: a field for each figure; what is not known is null. */
public final class ScoreJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new Known())
                  .addSerializer(Double.class, new Known()))
          .build();

  private ScoreJson() {}

  /**
   * {@code scores} of each key, {@code pooled} ones and, of forecasts, {@code means} and {@code
   * unlikeScales}: the targets whose pooled errors are left out, and by how much keys differ.
   */
  public static Map<String, Object> of(Evaluation evaluation) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (evaluation.classes().isEmpty()) {
      json.put("scores", of(evaluation.forecastsOfKeys()));
      json.put("pooled", of(evaluation.pooledForecasts()));
      json.put("means", of(evaluation.horizonMeans()));
      json.put("unlikeScales", evaluation.unlikeScales());
    } else {
      json.put("scores", of(evaluation.classesOfKeys()));
      json.put("pooled", of(evaluation.pooledClasses()));
    }
    return json;
  }

  /** Records of scores, each with its fields' names. */
  static List<Map<String, Object>> of(List<? extends Record> scores) {
    return JSON.convertValue(scores, new TypeReference<List<Map<String, Object>>>() {});
  }

  /** JSON has no NaN. */
  private static final class Known extends StdSerializer<Double> {
    private static final long serialVersionUID = 1L;

    Known() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }
}
