package dev.eddy.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an uninterrupted run predicts of the observations that all deployments are sent. */
final class Reference {
  /** More than any test sends. */
  static final int OBSERVATIONS = 30_000;

  private static final String NAME = "reference";

  /** In order of arrival. */
  private final Map<String, List<String>> byKey;

  private Reference(Map<String, List<String>> byKey) {
    this.byKey = byKey;
  }

  static Reference of(FlinkCluster cluster) throws Exception {
    Deployed deployed = Deployed.on(cluster, NAME);
    deployed.send(0, OBSERVATIONS);
    String job = cluster.submit(List.of("-c", deployed.file(), "--bounded"), Map.of());
    cluster.awaitState(job, "FINISHED");
    Map<String, List<String>> predictions = deployed.topics().predictions();
    int all = predictions.values().stream().mapToInt(List::size).sum();
    if (all != OBSERVATIONS) {
      throw new AssertionError("the reference has " + all + " predictions");
    }
    return new Reference(predictions);
  }

  /**
   * Where the predictions of a deployment for the first observations are not the reference's, which
   * differ in the model's name alone.
   */
  List<String> differences(String name, int observations, Map<String, List<String>> found) {
    List<String> differences = new ArrayList<>();
    Map<String, List<String>> rest = new TreeMap<>(found);
    int keys = byKey.size();
    int rank = 0;
    // Keys are met in the order of their numbers: "key 10" comes tenth.
    for (int number = 0; number < keys; number++) {
      String key = "key " + number;
      int count = observations / keys + (rank++ < observations % keys ? 1 : 0);
      List<String> expected =
          byKey.getOrDefault(key, List.of()).stream()
              .limit(count)
              .map(json -> json.replace("\"" + NAME + "@", "\"" + name + "@"))
              .toList();
      List<String> of = rest.containsKey(key) ? rest.remove(key) : List.of();
      if (!of.equals(expected)) {
        differences.add(key + ": " + difference(expected, of));
      }
    }
    rest.keySet().forEach(key -> differences.add(key + ": nobody sent it"));
    return differences;
  }

  private static String difference(List<String> expected, List<String> found) {
    int place = 0;
    while (place < Math.min(expected.size(), found.size())
        && expected.get(place).equals(found.get(place))) {
      place++;
    }
    return "%d predictions, %d different, of %d; number %d is %s instead of %s"
        .formatted(
            found.size(),
            found.stream().distinct().count(),
            expected.size(),
            place,
            place < found.size() ? found.get(place) : "missing",
            place < expected.size() ? expected.get(place) : "none");
  }
}
