package dev.eddy.connectors.event;

/**
 * A record that tells future values and is no observation: it steps nothing, yields no prediction
 * and does not move its key's last time.
 *
 * @param key the series key
 * @param time when this was told, event time, epoch milliseconds
 * @param future what is told from now on
 * @param partition partition of the observations topic it came from
 * @param offset offset within that partition
 */
public record FutureUpdate(String key, long time, FutureValues future, int partition, long offset)
    implements KeyedEvent {}
