package dev.eddy.connectors.kafka.transaction;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the connector's exactly-once writer as its sink does, and closes the admin client that the
 * writer makes meanwhile to list transactions, never uses again and never closes: its thread would
 * hold the job's class loader. The sink hands a writer out once it is open; of one that fails to
 * open, at each restart again, only its maker knows. So it is made here, by reflection, because the
 * connector keeps its class to itself.
 */
final class OpeningWriter {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningWriter.class);

  private OpeningWriter() {}

  /** What an exactly-once {@code sink} would restore. */
  static <T> PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> open(
      KafkaSink<T> sink, WriterInitContext context, Collection<KafkaWriterState> states) {
    PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer;
    try {
      writer = make(sink, context, states);
    } catch (ReflectiveOperationException e) { // another connector comes first on the class path
      LOG.warn("not the connector 5.0: its writers leave their admin clients open", e);
      return sink.restoreWriter(context, states);
    }
    try {
      call(writer, "initialize");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("writers of the connector 5.0 are initialized", e);
    } finally {
      closeAdmin(writer);
    }
    return writer;
  }

  @SuppressWarnings("unchecked") // the sink's own constructor call
  private static <T> PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> make(
      KafkaSink<T> sink, WriterInitContext context, Collection<KafkaWriterState> states)
      throws ReflectiveOperationException {
    Object naming = field(sink, "transactionNamingStrategy");
    Object[] arguments = {
      field(sink, "deliveryGuarantee"),
      field(sink, "kafkaProducerConfig"),
      field(sink, "transactionalIdPrefix"),
      context,
      field(sink, "recordSerializer"),
      context.asSerializationSchemaInitializationContext(),
      call(naming, "getAbortImpl"),
      call(naming, "getImpl"),
      states
    };
    try {
      return (PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable>)
          constructor(arguments.length).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    }
  }

  private static Constructor<?> constructor(int parameters) throws ReflectiveOperationException {
    String writer = KafkaSink.class.getPackageName() + ".ExactlyOnceKafkaWriter";
    Class<?> type = Class.forName(writer, true, KafkaSink.class.getClassLoader());
    for (Constructor<?> each : type.getDeclaredConstructors()) {
      if (each.getParameterCount() == parameters) {
        each.setAccessible(true);
        return each;
      }
    }
    throw new NoSuchMethodException(writer + " of " + parameters + " arguments");
  }

  private static void closeAdmin(Object writer) {
    try {
      if (field(writer, "adminClient") instanceof Admin admin) {
        admin.close(Duration.ZERO);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("the connector's writer has no admin client to close", e);
    }
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private static Object call(Object of, String name) throws ReflectiveOperationException {
    Method method = of.getClass().getDeclaredMethod(name);
    method.setAccessible(true);
    try {
      return method.invoke(of);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    }
  }

  /** What the connector itself has thrown, which is nothing of reflection's. */
  private static RuntimeException thrown(InvocationTargetException e) {
    ExceptionUtils.rethrow(e.getCause());
    return new IllegalStateException(e); // never
  }
}
