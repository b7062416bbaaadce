/**
 * The binary form of events between Flink's tasks and in its checkpoints. Each event has a
 * <i>serializer</i>; a serializer's <i>layout</i> is the order of the fields in its bytes, counted
 * from 1, and its <i>snapshot</i> is the layout's number kept beside the bytes, by which an older
 * checkpoint is read. Flink finds the snapshots by their class names, which are therefore part of
 * every savepoint and never change.
 *
 * <p>Others need {@link dev.eddy.connectors.serde.EventTypes} only, Flink's type information of the
 * events. Imports {@code event} and Flink's type system.
 */
package dev.eddy.connectors.serde;
