package dev.eddy.connectors.kafka.transaction;

import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.errors.InvalidPidMappingException;

/** A request whose refusal, which the connector only logs, is told to somebody first. */
record WatchedRequest(CommitRequest<KafkaCommittable> request, Consumer<KafkaCommittable> refused)
    implements CommitRequest<KafkaCommittable> {

  @Override
  public KafkaCommittable getCommittable() {
    return request.getCommittable();
  }

  @Override
  public int getNumberOfRetries() {
    return request.getNumberOfRetries();
  }

  @Override
  public void signalFailedWithKnownReason(Throwable reason) {
    refused.accept(request.getCommittable());
    request.signalFailedWithKnownReason(reason);
  }

  /** Fails the job, but for an id that the broker has forgotten, which would fail it for ever. */
  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    if (ExceptionUtils.findThrowable(reason, InvalidPidMappingException.class).isPresent()) {
      signalFailedWithKnownReason(reason);
    } else {
      request.signalFailedWithUnknownReason(reason);
    }
  }

  @Override
  public void retryLater() {
    request.retryLater();
  }

  @Override
  public void updateAndRetryLater(KafkaCommittable committable) {
    request.updateAndRetryLater(committable);
  }

  @Override
  public void signalAlreadyCommitted() {
    request.signalAlreadyCommitted();
  }
}
