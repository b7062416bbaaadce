package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.client.TopicLook;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import java.util.Optional;

/**
 * Do the largest prediction and the largest dead letter fit where they go?
 *
 * @param deployment which writes them
 * @param observations the topic that dead letters come from
 * @param predictions where predictions go
 * @param letters where dead letters go
 */
record SizeQuestion(
    Deployment deployment, TopicLook observations, TopicLook predictions, TopicLook letters)
    implements Question {
  private static final int USUAL_KEY = DeploymentTopics.USUAL_KEY;
  private static final String MOST = "max.message.bytes";
  private static final String REQUEST = "max.request.size";
  private static final long REQUEST_DEFAULT = 1 << 20;

  @Override
  public void ask(Findings findings) {
    if (deployment.input().label().isEmpty()) {
      forecasts(findings);
    }
    long observation = observations.number(MOST).orElse(0L);
    letters
        .number(MOST)
        .filter(limit -> limit < observation)
        .ifPresent(limit -> findings.note(cut(limit, observation)));
  }

  private String cut(long limit, long observation) {
    return "topics.dead-letters: "
        + letters.name()
        + ": "
        + MOST
        + ": "
        + limit
        + " (an observation may have "
        + observation
        + " bytes: of one that is malformed and as large, the dead letter keeps the beginning)";
  }

  private void forecasts(Findings findings) {
    long largest = DeploymentTopics.largestPrediction(deployment);
    Optional<Long> tooLittle = predictions.number(MOST).filter(limit -> limit < largest);
    tooLittle.ifPresent(
        limit ->
            findings.wrong(
                "topics.predictions: "
                    + predictions.name()
                    + ": "
                    + MOST
                    + ": "
                    + limit
                    + expected(largest)));
    long request =
        Optional.ofNullable(deployment.kafka().get(REQUEST))
            .map(Long::valueOf)
            .orElse(REQUEST_DEFAULT);
    if (request < largest) {
      findings.wrong("kafka." + REQUEST + ": " + request + expected(largest));
    } else if (tooLittle.isEmpty()) {
      findings.fine("predictions of at most " + largest + " bytes with keys of " + USUAL_KEY);
    }
  }

  private static String expected(long largest) {
    return " (must be "
        + largest
        + " or more for the largest prediction with a key of "
        + USUAL_KEY
        + " characters; fewer output.horizons make it smaller)";
  }
}
