/**
 * Where jobs run and what their runs leave behind: Flink embedded in this process, or a cluster.
 *
 * <p>A run resumes from the newest checkpoint of its {@code CheckpointDirectory}; {@code
 * CheckpointOwner} keeps it from those of another deployment or topic, {@code RunLock} from sharing
 * them, and {@code DeploymentLock} from running twice on a machine; {@code ClusterJobs} asks a
 * cluster what runs there. A <i>bounded</i> run ends at what was the end of its topic when it began
 * ({@code TopicEnds}), with a savepoint that the next run goes on from.
 *
 * <p>Embedded Flink outlives its task manager ({@code TaskManagerWatch}), and leaves nothing behind
 * ({@code ProcessFolder}, {@code EmbeddedJobs}).
 *
 * <p>May import {@code deployment} and what is below it; knows no job.
 */
package dev.eddy.pipeline.flink;
