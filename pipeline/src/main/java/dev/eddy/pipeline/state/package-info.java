/**
 * Stores what the operator keeps of each key in Flink's keyed state.
 *
 * <ul>
 *   <li><b>stored key state</b>: a model's key state, tagged with the <b>exact model</b> that made
 *       it, its version's number and its digest, and with the key's last time; the whole of it is
 *       <b>hot</b>: read and written at every step
 *   <li><b>recent inputs</b> of a key: records of its last observations, in two <b>halves</b> that
 *       are appended to and read at a swap only; a <b>mark</b> in the hot value says where they go
 *       on
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
