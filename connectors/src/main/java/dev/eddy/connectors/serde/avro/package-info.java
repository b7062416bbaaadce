/**
 * Avro records, read and written with the library's own decoders and encoders. A <i>walk</i> goes
 * through the bytes of a <i>body</i> along the <i>writer schema</i> and writes tokens of JSON, so
 * that fields, times and futures are read in one place, {@code serde.json}, whatever the encoding.
 * A <i>frame</i> is what Confluent's wire format puts before a body: a 0 and the id of the writer
 * schema in a registry. <i>Generated</i> schemas are made of a deployment, and read each other's
 * records across its changes.
 *
 * <p>Imports {@code serde.json} and {@code registry}; nothing of Flink or of Kafka.
 */
package dev.eddy.connectors.serde.avro;
