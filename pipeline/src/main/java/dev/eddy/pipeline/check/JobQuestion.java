package dev.eddy.pipeline.check;

import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobSettings;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Can the job be built with these settings? It is built, and not executed.
 *
 * @param deployment whose job it is
 * @param flink Flink's settings
 */
record JobQuestion(Deployment deployment, Configuration flink) implements Question {
  @Override
  public void ask(Findings findings) {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
    PredictJob.build(environment, PredictJobSettings.of(deployment, false));
    environment.getStreamGraph();
  }
}
