/**
 * The JSON of Kafka records, read and written with Jackson's streams, a record at a time and
 * without garbage where it is hot. Reading checks everything, while the original bytes are at hand:
 * a <i>refusal</i> is a fault of the record, and becomes a dead letter; it never stops the reader.
 * Predictions are <i>nested</i> (an object for each forecast) or <i>flat</i> (a scalar field for
 * each value), each a set of <i>prediction fields</i> made once for the predictions of a shape.
 * Times are ISO-8601 within the years 1 to 9999, epoch milliseconds inside.
 *
 * <p>Imports {@code event}; nothing of Flink or of Kafka.
 */
package dev.eddy.connectors.serde.json;
