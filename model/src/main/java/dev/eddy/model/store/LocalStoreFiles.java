package dev.eddy.model.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A model store in a directory. A file appears whole or not at all: it is written and forced to
 * disk under a passing name, then linked to its own, which fails if that is taken.
 */
final class LocalStoreFiles implements StoreFiles {
  private static final int PROBE = 1 << 16; // bytes; a full disk often takes a few

  private final Path root;

  /** A store below {@code root}, which need not exist yet. */
  LocalStoreFiles(Path root) {
    this.root = root;
  }

  @Override
  public byte[] read(String path, int most) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve(path))) {
      return in.readNBytes(most + 1);
    }
  }

  @Override
  public boolean createExclusively(String path, byte[] content) throws IOException {
    Path target = root.resolve(path);
    Files.createDirectories(target.toAbsolutePath().getParent());
    if (Files.exists(target)) {
      return false;
    }
    Path passing = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      writeForced(passing, content);
      return linkOrCopy(passing, target, content);
    } finally {
      Files.deleteIfExists(passing);
    }
  }

  /** Whoever may write into the nearest folder that exists may make the missing ones in it. */
  @Override
  public void tryWriting(String directory) throws IOException {
    Path nearest = root.resolve(directory).toAbsolutePath().normalize();
    while (nearest.getParent() != null && Files.notExists(nearest)) {
      nearest = nearest.getParent();
    }
    if (!Files.isDirectory(nearest)) {
      throw new NotDirectoryException(nearest.toString());
    }
    Path probe = nearest.resolve(".probe." + UUID.randomUUID());
    try {
      writeForced(probe, new byte[PROBE]);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  @Override
  public long delete(String path) throws IOException {
    try {
      long size = Files.size(root.resolve(path));
      Files.delete(root.resolve(path));
      return size;
    } catch (NoSuchFileException another) {
      return 0;
    }
  }

  @Override
  public List<String> list(String directory) throws IOException {
    Path path = root.resolve(directory);
    boolean strayFile = !directory.isEmpty() && Files.isRegularFile(path);
    if (strayFile || Files.notExists(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    if (Files.isRegularFile(root.resolve(path).toAbsolutePath().getParent())) {
      return false; // a stray file in the place of a folder
    }
    try {
      return Files.readAttributes(root.resolve(path), BasicFileAttributes.class).isRegularFile();
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  @Override
  public String describe(String path) {
    return root.resolve(path).toString();
  }

  private static boolean linkOrCopy(Path passing, Path target, byte[] content) throws IOException {
    try {
      Files.createLink(target, passing);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException withoutLinks) {
      return createDirectly(target, content);
    }
  }

  /** For file systems without links: still exclusive, but a reader may see half of the file. */
  private static boolean createDirectly(Path target, byte[] content) throws IOException {
    try {
      writeForced(target, content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void writeForced(Path path, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
