package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.client.TopicLook;
import dev.eddy.connectors.kafka.sink.RecordLimit;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import java.util.List;
import java.util.Optional;

/**
 * Do the largest prediction and the largest dead letter fit where they go?
 *
 * @param deployment which writes them
 * @param announced what the predictions of its announced versions look like, in order; of classes
 *     nothing else tells
 * @param observations the topic that dead letters come from
 * @param predictions where predictions go
 * @param letters where dead letters go
 */
record SizeQuestion(
    Deployment deployment,
    List<PredictionShape> announced,
    TopicLook observations,
    TopicLook predictions,
    TopicLook letters)
    implements Question {
  private static final int USUAL_KEY = DeploymentTopics.USUAL_KEY;
  private static final String MOST = "max.message.bytes";
  private static final String REQUEST = "max.request.size";
  private static final long REQUEST_DEFAULT = 1 << 20;

  @Override
  public void ask(Findings findings) {
    long largest = DeploymentTopics.largestPrediction(deployment);
    if (largest > 0) {
      predictions(
          findings, largest, "the largest prediction", "; fewer output.horizons make it smaller");
    }
    if (!announced.isEmpty()) {
      PredictionShape newest = announced.get(announced.size() - 1);
      long bytes = DeploymentTopics.largestPrediction(deployment, newest);
      if (bytes > largest) {
        predictions(
            findings, bytes, "the largest prediction of " + newest.model(), smaller(newest));
      }
    }
    letters(findings);
  }

  private static String smaller(PredictionShape shape) {
    return shape instanceof PredictionShape.Classes classes
        ? ", each with " + classes.labels().size() + " classes"
        : "";
  }

  private void predictions(Findings findings, long largest, String what, String why) {
    String expected =
        " (must be "
            + largest
            + " or more for "
            + what
            + " with a key of "
            + USUAL_KEY
            + " characters"
            + why
            + ")";
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
                    + expected));
    if (request() < largest) {
      findings.wrong("kafka." + REQUEST + ": " + request() + expected);
    } else if (tooLittle.isEmpty()) {
      findings.fine("predictions of at most " + largest + " bytes with keys of " + USUAL_KEY);
    }
  }

  private long request() {
    return Optional.ofNullable(deployment.kafka().get(REQUEST))
        .map(Long::valueOf)
        .orElse(REQUEST_DEFAULT);
  }

  /** What is cut of them, and what cannot be. */
  private void letters(Findings findings) {
    long message = letters.number(MOST).orElse(Long.MAX_VALUE);
    boolean ofTopic = message < request();
    long limit = ofTopic ? message : request();
    String place =
        ofTopic
            ? "topics.dead-letters: " + letters.name() + ": " + MOST + ": " + limit
            : "kafka." + REQUEST + ": " + limit;
    long observation = observations.number(MOST).orElse(0L);
    if (ofTopic && limit < RecordLimit.LEAST) {
      findings.wrong(
          place
              + " (must be "
              + RecordLimit.LEAST
              + " or more for a dead letter, whatever is cut of it)");
    } else if (limit + RecordLimit.OVERHEAD < observation) {
      findings.note(
          place
              + " (an observation may have "
              + observation
              + " bytes: of one that is malformed and as large, the dead letter keeps the"
              + " beginning)");
    }
  }
}
