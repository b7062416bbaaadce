package dev.eddy.pipeline.flink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what the jobs of earlier runs in a process like this left in their checkpoint directory
 * when they were killed: checkpoints that were never completed, and folders of jobs that no
 * checkpoint needs any longer. Which jobs these were is in a file there, so that nothing of a
 * cluster's jobs is touched; whoever tidies up holds the {@link RunLock}, so that none of them
 * lives.
 */
public final class EmbeddedJobs {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJobs.class);
  private static final String FILE = "embedded-jobs"; // an id a line
  private static final String METADATA = "_metadata"; // written when a checkpoint is complete
  private static final Pattern CHECKPOINT = Pattern.compile("chk-\\d+");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int IN_SAVEPOINT = 6; // digits of the id in a savepoint's name

  private final Path directory;

  private EmbeddedJobs(Path directory) {
    this.directory = directory;
  }

  /**
   * Tidies up a job's {@code execution.checkpointing.dir}, if it is on this machine, and gives the
   * job its id beforehand, so that the next run knows it however this one ends.
   */
  public static void begin(Configuration flink) throws IOException {
    Optional<Path> directory = local(flink);
    if (directory.isPresent()) {
      EmbeddedJobs jobs = new EmbeddedJobs(directory.get());
      handOver(flink, directory);
      jobs.tidyUp();
      String job = new JobID().toHexString();
      jobs.note(job);
      flink.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, job);
    }
  }

  /**
   * Takes all jobs of a job's {@code execution.checkpointing.dir} off the list, if that is on this
   * machine: checkpoints that now lie elsewhere name files there.
   */
  static void forgetAll(Configuration flink) throws IOException {
    Optional<Path> directory = local(flink);
    if (directory.isPresent()) {
      Files.deleteIfExists(directory.get().resolve(FILE));
    }
  }

  private static Optional<Path> local(Configuration flink) throws IOException {
    String directory = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    if (directory == null) {
      return Optional.empty();
    }
    return local(new org.apache.flink.core.fs.Path(directory));
  }

  private static Optional<Path> local(org.apache.flink.core.fs.Path path) throws IOException {
    return path.getFileSystem().isDistributedFS()
        ? Optional.empty()
        : Optional.of(Path.of(path.getPath()));
  }

  private void note(String job) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(FILE), job + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Lets no directory tidy away what a checkpoint that a job claims from there shares with the jobs
   * before it: from now on only checkpoints elsewhere name those files. For a job on a cluster, as
   * far as its files are seen from here.
   *
   * @param flink the job's settings
   */
  public static void handOver(ReadableConfig flink) {
    try {
      handOver(flink, Optional.empty());
    } catch (IOException | RuntimeException e) { // file systems throw what they like
      LOG.debug("the state to resume from is not seen from here", e);
    }
  }

  private static void handOver(ReadableConfig flink, Optional<Path> own) throws IOException {
    String checkpoint = flink.get(StateRecoveryOptions.SAVEPOINT_PATH);
    boolean claims = flink.get(StateRecoveryOptions.RESTORE_MODE) != RecoveryClaimMode.NO_CLAIM;
    if (checkpoint == null || !claims) {
      return;
    }
    Optional<Path> place = local(new org.apache.flink.core.fs.Path(checkpoint));
    if (place.isPresent() && Files.exists(place.get().resolve(METADATA))) {
      Path job = place.get().toRealPath().resolveSibling(".").normalize();
      Path theirs = job.resolveSibling(".").normalize();
      if (own.isEmpty() || !Files.exists(own.get()) || !Files.isSameFile(theirs, own.get())) {
        new EmbeddedJobs(theirs).forget(job.getFileName() + content(place.get()));
      }
    }
  }

  /** Takes the jobs that a text names off the list: they are others' now. */
  private void forget(String text) throws IOException {
    if (Files.exists(directory.resolve(FILE))) {
      write(jobs().stream().filter(job -> !text.contains(job)).toList());
    }
  }

  private void tidyUp() throws IOException {
    if (!Files.exists(directory.resolve(FILE))) {
      return;
    }
    List<String> jobs = jobs();
    for (String job : jobs) {
      removeUnfinished(job);
    }
    String needed = metadata();
    List<String> left = new ArrayList<>();
    for (String job : jobs) {
      Path folder = directory.resolve(job);
      if (!completed(folder).isEmpty() || needed.contains(job)) {
        left.add(job);
      } else {
        FileUtils.deleteDirectory(folder.toFile()); // does nothing where there is none
      }
    }
    write(left);
  }

  private List<String> jobs() throws IOException {
    return Files.readAllLines(directory.resolve(FILE)).stream()
        .filter(line -> ID.matcher(line).matches())
        .toList();
  }

  private void write(List<String> jobs) throws IOException {
    Files.write(directory.resolve(FILE), jobs);
  }

  private void removeUnfinished(String job) throws IOException {
    List<Path> begun = new ArrayList<>();
    begun.addAll(children(directory.resolve(job), CHECKPOINT));
    String savepoint = "savepoint-" + job.substring(0, IN_SAVEPOINT) + "-.*";
    begun.addAll(children(directory, Pattern.compile(savepoint)));
    for (Path checkpoint : begun) {
      if (!Files.exists(checkpoint.resolve(METADATA))) {
        FileUtils.deleteDirectory(checkpoint.toFile());
      }
    }
  }

  /**
   * Of all checkpoints that a job could resume from: they name the files that they share with jobs
   * before them, whose folders have the jobs' ids.
   */
  private String metadata() throws IOException {
    StringBuilder all = new StringBuilder();
    List<Path> completed = new ArrayList<>(completed(directory));
    for (Path job : children(directory, ID)) {
      completed.addAll(completed(job));
    }
    for (Path checkpoint : completed) {
      all.append(content(checkpoint)).append('\n');
    }
    return all.toString();
  }

  private static String content(Path checkpoint) throws IOException {
    byte[] content = Files.readAllBytes(checkpoint.resolve(METADATA));
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  /** The checkpoints, or savepoints, of a folder that could be resumed from. */
  private static List<Path> completed(Path folder) throws IOException {
    return children(folder, Pattern.compile("chk-\\d+|savepoint-.*")).stream()
        .filter(child -> Files.exists(child.resolve(METADATA)))
        .toList();
  }

  private static List<Path> children(Path folder, Pattern name) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> name.matcher(String.valueOf(child.getFileName())).matches())
          .toList();
    }
  }
}
