package dev.eddy.pipeline.stream;

import dev.eddy.pipeline.flink.ClusterJobs;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;

/**
 * Refuses a deployment's job where the cluster that it is for runs one already: two would fence
 * each other. The cluster is asked where its REST interface is known, in a job manager as in a
 * client. In application mode the only job that it may find is this one, which a new job manager
 * has recovered.
 */
final class SecondStart {
  private SecondStart() {}

  /**
   * Asks the cluster.
   *
   * @param flink where the job is to run
   * @throws dev.eddy.settings.UserMistake if a job of the deployment runs there
   */
  static void refuse(String deployment, ReadableConfig flink) {
    String host =
        flink
            .getOptional(RestOptions.ADDRESS)
            .or(() -> flink.getOptional(JobManagerOptions.ADDRESS))
            .orElse("");
    if (host.isEmpty() || flink.get(SecurityOptions.SSL_REST_ENABLED)) {
      return;
    }
    String name =
        flink.getOptional(PipelineOptions.NAME).orElse(PredictJobDefaults.jobName(deployment));
    String self = flink.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID).orElse("");
    new ClusterJobs(host + ":" + flink.get(RestOptions.PORT)).requireNone(deployment, name, self);
  }
}
