/**
 * What travels through the stream, as plain records without a format. An <i>observation</i> is one
 * event of one key; a <i>future update</i> is a record that brings future values only; both are
 * <i>keyed events</i>, which go in the order of their partition. A <i>future</i> is the values of
 * features that are told ahead of time; an observation may tell some too. What cannot be stepped is
 * a <i>dead letter</i>, with one of the <i>reasons</i> and its original bytes. A <i>prediction</i>
 * is what a model version says after one observation, and an <i>announcement</i> says which version
 * serves from which event time on.
 *
 * <p>Imports the module {@code settings}; nothing of Flink or of Kafka.
 */
package dev.eddy.connectors.event;
