package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.client.RetentionLag;
import dev.eddy.pipeline.deployment.Deployment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Has the job read what retention deletes?
 *
 * @param deployment whose job it is
 */
record RetentionQuestion(Deployment deployment) implements Question {
  private static final String RESET = "auto.offset.reset";

  @Override
  public void ask(Findings findings) {
    String topic = deployment.topics().observations();
    List<RetentionLag> lags = RetentionLag.ofGroup(deployment.kafka(), topic, deployment.name());
    for (RetentionLag lag : lags) {
      if (lag.isLost()) {
        lost(topic, lag, findings);
      }
    }
    lags.stream()
        .filter(lag -> !lag.isLost() && Double.isFinite(lag.secondsLeft()))
        .min(Comparator.comparingDouble(RetentionLag::secondsLeft))
        .ifPresent(lag -> findings.note(left(topic, lag)));
    if (!lags.isEmpty() && lags.stream().noneMatch(RetentionLag::isLost)) {
      long unread = lags.stream().mapToLong(RetentionLag::unread).sum();
      findings.fine("consumer group " + deployment.name() + ", " + unread + " observations behind");
    }
  }

  /** Whoever has said where to go on instead starts all the same. */
  private void lost(String topic, RetentionLag lag, Findings findings) {
    String reset = deployment.kafka().getOrDefault(RESET, "none").toLowerCase(Locale.ROOT);
    String held =
        "topics.observations: "
            + topic
            + ": partition "
            + lag.partition()
            + " holds offsets "
            + lag.earliest()
            + " to "
            + lag.end()
            + " (";
    String goesOn = lag.position() + ", where consumer group " + deployment.name() + " goes on";
    if (reset.equals("none")) {
      findings.wrong(held + "must hold " + goesOn + ": what it has not read is gone)");
    } else {
      findings.note(
          held + "not " + goesOn + ": it begins at the " + reset + ", by kafka." + RESET + ")");
    }
  }

  private static String left(String topic, RetentionLag lag) {
    return "topics.observations: "
        + topic
        + ": partition "
        + lag.partition()
        + ": "
        + lag.unread()
        + " not read, the oldest is deleted in about "
        + Duration.ofSeconds(Math.max(0, (long) lag.secondsLeft())).toHours()
        + " h";
  }
}
