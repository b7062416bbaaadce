package dev.eddy.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFaultTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "no such text, missing",
    "/a (b)/c (No such file or directory), missing",
    "/a (b)/c (Permission denied), no permission",
    "/a/b (Not a directory), a file is in the place of a folder",
    "/a/b (Read-only file system), read-only file system",
    "/a/b (No space left on device), no space left on device",
  })
  void what_a_stream_cannot_open_is_told_by_the_systems_words(String message, String reason) {
    assertThat(FileFault.of(new FileNotFoundException(message))).isEqualTo(reason);
  }

  @Test
  void paths_and_streams_are_told_alike() throws IOException {
    Path absent = folder.resolve("absent/file");
    Path below = Files.writeString(folder.resolve("file"), "").resolve("file");

    assertThat(FileFault.of(thrown(() -> Files.writeString(absent, ""))))
        .isEqualTo(FileFault.of(thrown(() -> new FileOutputStream(absent.toFile()).close())))
        .isEqualTo(FileFault.of(new NoSuchFileException("absent")));
    assertThat(FileFault.of(thrown(() -> new FileOutputStream(below.toFile()).close())))
        .isEqualTo("a file is in the place of a folder");
    assertThat(FileFault.of(thrown(() -> new FileOutputStream(folder.toFile()).close())))
        .isEqualTo("a folder is in the place of a file");
  }

  @Test
  void a_folder_that_cannot_be_written_to_is_told_with_its_setting() {
    IOException cause = new IOException("no space");
    assertThat(FileFault.unwritable("store", "s3://b", FileFault.of(cause), cause))
        .hasMessage("store: s3://b (must be a folder to write to: no space)")
        .hasCause(cause);
  }

  private interface Writing {
    void write() throws IOException;
  }

  private static IOException thrown(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      return e;
    }
    throw new AssertionError("written");
  }
}
