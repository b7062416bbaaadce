package dev.eddy.connectors.kafka.transaction;

import java.lang.reflect.Field;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the admin client that the connector's exactly-once writer makes to list transactions when
 * it opens, never uses again and never closes: its thread would hold the job's class loader.
 */
final class WriterAdmin {
  private static final Logger LOG = LoggerFactory.getLogger(WriterAdmin.class);

  private WriterAdmin() {}

  /** Closes that of {@code writer}, if it is as the connector 5.0 has it. */
  static void close(Object writer) {
    try {
      Field field = writer.getClass().getDeclaredField("adminClient");
      field.setAccessible(true);
      if (field.get(writer) instanceof Admin admin) {
        admin.close(Duration.ZERO);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("the connector's writer has no admin client to close", e);
    }
  }
}
