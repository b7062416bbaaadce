/**
 * Stores what the operator keeps of each key in Flink's keyed state.
 *
 * <ul>
 *   <li><b>stored key state</b>: a model's key state, tagged with the version that it belongs to
 *       and the key's last time; the whole of it is <b>hot</b>: read and written at every step
 *   <li><b>clock</b> of a key: its place in event time, by which its observations are in order or
 *       late; <b>set back</b> after a record from the future
 *   <li><b>layout</b>: how its bytes lie; every value begins with its layout's number, and what an
 *       older Eddy wrote stays readable
 * </ul>
 *
 * {@link dev.eddy.pipeline.state.HiddenStateSerializerSnapshot} keeps an old name, because
 * savepoints and checkpoints hold it. Imports {@code model}, {@code connectors.event} and Flink's
 * serializers.
 */
package dev.eddy.pipeline.state;
