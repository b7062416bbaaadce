package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Flink's type information of the events; none of them is a generic type. */
public final class EventTypes {
  public static final TypeInformation<Decoded> DECODED =
      new EventTypeInformation<>(Decoded.class, new DecodedSerializer());
  public static final TypeInformation<KeyedEvent> KEYED_EVENT =
      new EventTypeInformation<>(KeyedEvent.class, new KeyedEventSerializer());
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      new EventTypeInformation<>(DeadLetter.class, new DeadLetterSerializer());
  public static final TypeInformation<Prediction> PREDICTION =
      new EventTypeInformation<>(Prediction.class, new PredictionSerializer());
  public static final TypeInformation<Announcement> ANNOUNCEMENT =
      new EventTypeInformation<>(Announcement.class, new AnnouncementSerializer());

  private EventTypes() {}
}
