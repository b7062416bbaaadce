package dev.eddy.pipeline.stream;

import dev.eddy.pipeline.flink.CheckpointDirectory;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutor;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;

/**
 * Looks at the savepoint or checkpoint that a job is to resume from before the job manager does. A
 * job that fails there leaves a result behind with which a highly available job manager of Flink
 * 2.3 does not start again ("Application ID is missing in the recovered job result"), with all
 * other jobs on it.
 */
final class StateToRestore {
  private StateToRestore() {}

  /**
   * Refuses a job whose state cannot be read, where it is built by the job manager itself, which
   * would have to read it. A client need not see it. Nor need a job manager that recovers its
   * application: what the job began with may be gone by then.
   *
   * @param flink where the job is to run
   * @throws dev.eddy.settings.UserMistake if there is none, or it is not whole
   */
  static void requireReadable(ReadableConfig flink) {
    boolean byJobManager =
        flink
            .getOptional(DeploymentOptions.TARGET)
            .filter(EmbeddedExecutor.NAME::equals)
            .isPresent();
    boolean recovers = flink.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID).isPresent();
    if (byJobManager && !recovers) {
      flink
          .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
          .ifPresent(CheckpointDirectory::requireReadable);
    }
  }
}
