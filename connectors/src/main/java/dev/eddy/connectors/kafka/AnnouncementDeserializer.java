package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.json.AnnouncementJson;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka record to announcement; one that is none is skipped with a warning, and counted. */
public final class AnnouncementDeserializer
    implements KafkaRecordDeserializationSchema<Announcement> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(AnnouncementDeserializer.class);

  private transient @Nullable Counter malformed;

  AnnouncementDeserializer() {}

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    malformed = context.getMetricGroup().addGroup("eddy").counter("malformed-announcements");
  }

  /** The announcement of a record, where it is one. */
  public static Optional<Announcement> decode(ConsumerRecord<byte[], byte[]> record) {
    String place = record.topic() + "-" + record.partition() + "@" + record.offset();
    if (record.value() == null) {
      LOG.warn("{}: skipped: no value (must be an announcement)", place);
      return Optional.empty();
    }
    try {
      return Optional.of(AnnouncementJson.read(record.value()));
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: skipped: {}", place, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Announcement> out) {
    Optional<Announcement> announcement = decode(record);
    announcement.ifPresent(out::collect);
    if (announcement.isEmpty() && malformed != null) {
      malformed.inc();
    }
  }

  @Override
  public TypeInformation<Announcement> getProducedType() {
    return EventTypes.ANNOUNCEMENT;
  }
}
