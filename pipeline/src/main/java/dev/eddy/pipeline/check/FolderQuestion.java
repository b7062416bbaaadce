package dev.eddy.pipeline.check;

import dev.eddy.pipeline.check.probe.FolderProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/**
 * Can a folder be written to, and is there room?
 *
 * @param what lies there
 * @param setting which names the folder
 * @param folder a path or a URI
 */
record FolderQuestion(String what, String setting, String folder) implements Question {
  private static final MemorySize LITTLE = MemorySize.ofMebiBytes(1024);

  @Override
  public void ask(Findings findings) {
    FolderProbe probe = new FolderProbe(setting, folder);
    probe.requireWritable();
    findings.fine(what + " " + folder + ", can be written to");
    probe.local().flatMap(FolderQuestion::usable).ifPresent(bytes -> room(bytes, findings));
  }

  private void room(long bytes, Findings findings) {
    if (bytes < LITTLE.getBytes()) {
      findings.note(
          setting
              + ": "
              + folder
              + " (only "
              + new MemorySize(bytes).toHumanReadableString()
              + " of disk left there)");
    }
  }

  private static Optional<Long> usable(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return Optional.of(Files.getFileStore(existing).getUsableSpace());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
