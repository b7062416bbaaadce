package dev.eddy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Holds JSON of today against a fixture: all that the fixture says must be said still, in the same
 * words. What is said beside it, such as a forecaster that came later, is no difference.
 */
public final class Holds {
  private Holds() {}

  /** Fails where {@code actual} does not say what {@code fixture} does. */
  public static void all(JsonNode fixture, JsonNode actual, String place) {
    all(fixture, actual, place, 0);
  }

  /** The same, where numbers that are no whole ones may differ by so much. */
  public static void all(JsonNode fixture, JsonNode actual, String place, double tolerance) {
    if (fixture.isObject()) {
      fixture
          .properties()
          .forEach(
              field -> {
                String at = place + "." + field.getKey();
                assertThat(actual.has(field.getKey())).as(at + " is there").isTrue();
                all(field.getValue(), actual.get(field.getKey()), at, tolerance);
              });
    } else if (fixture.isArray() && isNamed(fixture)) {
      fixture.forEach(
          each -> {
            String at = place + "[" + each.get("name") + "]";
            all(each, named(actual, each.get("name")), at, tolerance);
          });
    } else if (fixture.isArray()) {
      assertThat(actual).as(place).hasSameSizeAs(fixture);
      for (int i = 0; i < fixture.size(); i++) {
        all(fixture.get(i), actual.get(i), place + "[" + i + "]", tolerance);
      }
    } else if (tolerance > 0 && fixture.isFloatingPointNumber()) {
      assertThat(actual.doubleValue())
          .as(place)
          .isCloseTo(fixture.doubleValue(), within(tolerance));
    } else {
      assertThat(actual).as(place).isEqualTo(fixture);
    }
  }

  private static boolean isNamed(JsonNode array) {
    return !array.isEmpty() && elements(array).allMatch(each -> each.has("name"));
  }

  private static JsonNode named(JsonNode array, JsonNode name) {
    return elements(array)
        .filter(each -> name.equals(each.get("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing among " + array));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
