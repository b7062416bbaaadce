package dev.eddy.pipeline.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plot with its caption: what is to be drawn, in the words of {@code report.js}, which draws it
 * in the reader's browser.
 *
 * @param caption above the plot
 * @param drawn what is drawn, as JSON
 */
public record Chart(String caption, Map<String, Object> drawn) implements Element {
  private static final MathContext FINE_ENOUGH = new MathContext(10);

  public Chart {
    drawn = Collections.unmodifiableMap(new LinkedHashMap<>(drawn));
  }

  @Override
  public String html() {
    return "<figure><figcaption>"
        + Markup.escape(caption)
        + "</figcaption>\n<div class=\"chart\" role=\"img\" aria-label=\""
        + Markup.escape(caption)
        + "\"></div>\n<script type=\"application/json\">"
        + json()
        + "</script></figure>\n";
  }

  /** Without what would end the script, or is markup to a reader of XML. */
  private String json() {
    try {
      return new ObjectMapper()
          .writeValueAsString(drawn)
          .replace("&", "\\u0026")
          .replace("<", "\\u003c")
          .replace(">", "\\u003e");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("chart " + caption + " makes no JSON", e);
    }
  }

  /** A curve, a band's edge or a row of states. */
  static Map<String, Object> series(String name, String style, List<?> values) {
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("name", name);
    series.put("style", style);
    series.put("values", values);
    return series;
  }

  /** Numbers without the digits that nobody sees; null for what is not known. */
  static List<@Nullable BigDecimal> numbers(List<Double> values) {
    List<@Nullable BigDecimal> numbers = new ArrayList<>();
    for (double value : values) {
      numbers.add(Double.isFinite(value) ? new BigDecimal(value).round(FINE_ENOUGH) : null);
    }
    return numbers;
  }
}
