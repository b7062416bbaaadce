package dev.eddy.connectors.file;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The observations of a deployment's files, merged by event time: of the files' next observations,
 * each in its file's order, the oldest goes first, and of equal times that of the first file. One
 * row of each file is in memory, or with {@code sort} all of them. Where the schema has a future, a
 * {@link FileFuture} tells it. Thread confined.
 */
public final class ReplayReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayReader.class);

  private static final int NONE = -1;

  private record Head(Observation observation, int file) {}

  private final ReplaySettings settings;
  private final List<ObservationFile> files = new ArrayList<>();
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(
          Comparator.<Head>comparingLong(head -> head.observation.time())
              .thenComparingInt(Head::file));
  private final long bytesTotal;
  private final @Nullable FileFuture future;
  private @Nullable Iterator<Observation> sorted;
  private int taken = NONE; // file of the last observation; read on only when the next is wanted
  private final RefusedRows.Count refused = new RefusedRows.Count();

  /**
   * Opens the files.
   *
   * @param schema the fields to read
   * @throws UserMistake if a file is missing or lacks a column
   */
  public ReplayReader(ReplaySettings settings, ObservationSchema schema) {
    this("replay.files", settings, schema);
  }

  /**
   * The same.
   *
   * @param place the setting that names the files
   */
  public ReplayReader(String place, ReplaySettings settings, ObservationSchema schema) {
    this.settings = settings;
    List<Path> paths = InputFiles.find(place, settings.files());
    try {
      paths.forEach(path -> files.add(new ObservationFile(path, settings, schema)));
      bytesTotal = size(paths);
      for (int i = 0; i < files.size(); i++) {
        advance(i);
      }
      if (settings.sort()) {
        sorted = readSorted();
      }
      future = schema.future().isEmpty() ? null : new FileFuture(this::inOrder, schema);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static long size(List<Path> paths) {
    long size = 0;
    for (Path path : paths) {
      try {
        size += Files.size(path);
      } catch (IOException e) {
        throw TableFile.unreadable(path, FileFault.of(e), e);
      }
    }
    return size;
  }

  private Iterator<Observation> readSorted() {
    List<Observation> all = new ArrayList<>();
    for (Observation each = merged(); each != null; each = merged()) {
      all.add(each);
    }
    all.sort(Comparator.comparingLong(Observation::time));
    return all.iterator();
  }

  /**
   * The next observation, without partition and offset; null at the end.
   *
   * @throws UserMistake at a row that does not parse, unless such rows are skipped
   */
  public @Nullable Observation next() {
    return future == null ? inOrder() : future.next();
  }

  private @Nullable Observation inOrder() {
    if (sorted != null) {
      return sorted.hasNext() ? sorted.next() : null;
    }
    return merged();
  }

  private @Nullable Observation merged() {
    if (taken != NONE) {
      int file = taken;
      taken = NONE;
      advance(file);
    }
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    taken = head.file;
    return head.observation;
  }

  private void advance(int file) {
    while (true) {
      try {
        Observation next = files.get(file).next();
        if (next != null) {
          heads.add(new Head(next, file));
        }
        return;
      } catch (RowException e) {
        if (settings.onError() == ReplaySettings.RowErrors.STOP) {
          throw new UserMistake(String.valueOf(e.getMessage()), e);
        }
        refused.add(e);
        LOG.debug("skipped {}", e.getMessage());
      }
    }
  }

  /** Rows that did not parse. */
  public RefusedRows refused() {
    return refused.rows();
  }

  /** Rows of an hour that came twice on the wall clock, in its second pass. */
  public long secondPasses() {
    return files.stream().mapToLong(ObservationFile::secondPasses).sum();
  }

  /** How much of the files is read, 0 to 1. */
  double fractionRead() {
    long read = files.stream().mapToLong(ObservationFile::bytesRead).sum();
    return bytesTotal == 0 ? 1 : Math.min(1, (double) read / bytesTotal);
  }

  @Override
  public void close() {
    files.forEach(ObservationFile::close);
  }
}
