package dev.eddy.pipeline.version.store;

import dev.eddy.model.store.StoreFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A model store's files in any file system that Flink knows, such as {@code s3://} or {@code
 * hdfs://}. Exclusive creation is as exclusive as the file system makes {@code NO_OVERWRITE}: an
 * object store only looks first, so let one trainer at a time publish a name there.
 */
final class FlinkStoreFiles implements StoreFiles {
  private static final int PROBE = 1 << 16; // bytes; a full disk often takes a few

  private final Path root;

  FlinkStoreFiles(URI root) {
    this.root = new Path(root);
  }

  @Override
  public byte[] read(String path, int most) throws IOException {
    try (FSDataInputStream in = fileSystem().open(at(path))) {
      return in.readNBytes(most + 1);
    }
  }

  @Override
  public boolean createExclusively(String path, byte[] content) throws IOException {
    FileSystem fileSystem = fileSystem();
    if (fileSystem.exists(at(path))) {
      return false;
    }
    try (FSDataOutputStream out = fileSystem.create(at(path), FileSystem.WriteMode.NO_OVERWRITE)) {
      out.write(content);
      return true;
    } catch (FileAlreadyExistsException anotherWasFaster) {
      return false;
    }
  }

  @Override
  public void tryWriting(String directory) throws IOException {
    String probe = directory + "/.probe." + UUID.randomUUID();
    try {
      createExclusively(probe, new byte[PROBE]);
    } finally {
      fileSystem().delete(at(probe), false);
    }
  }

  @Override
  public long delete(String path) throws IOException {
    try {
      long size = fileSystem().getFileStatus(at(path)).getLen();
      return fileSystem().delete(at(path), false) ? size : 0;
    } catch (FileNotFoundException another) {
      return 0;
    }
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus status : statuses(directory)) {
      names.add(status.getPath().getName());
    }
    return names;
  }

  @Override
  public boolean exists(String path) throws IOException {
    return fileSystem().exists(at(path));
  }

  @Override
  public String describe(String path) {
    return at(path).toString();
  }

  private FileStatus[] statuses(String directory) throws IOException {
    try {
      FileStatus[] statuses = fileSystem().listStatus(at(directory));
      return statuses == null ? new FileStatus[0] : statuses;
    } catch (FileNotFoundException absent) {
      return new FileStatus[0];
    }
  }

  private Path at(String path) {
    return path.isEmpty() ? root : new Path(root, path);
  }

  private FileSystem fileSystem() throws IOException {
    return root.getFileSystem();
  }
}
