/**
 * Values that hold for all keys, joined to observations by event time.
 *
 * <p>{@code SharedValues} holds what was told of the <i>shared features</i> and says what an
 * observation at a time sees of it; it is the same in the stream, in a history read from topics and
 * in one read from files. A value is <i>held</i> from its time on, or <i>told ahead</i> of its
 * time. In the stream the {@code SharedJoinOperator} lets an observation <i>wait</i> until the
 * shared topic has told of its time.
 *
 * <p>Imports {@code connectors} alone.
 */
package dev.eddy.pipeline.shared;
