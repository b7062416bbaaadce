/**
 * What the events that wait in keyed state mean: state outlives the order, and the number, of a
 * deployment's features.
 *
 * <p>Each stored event carries a number; the operator's own state says which names the number
 * stands for ({@code EventNames}). When it goes on, an event is brought to the places of today's
 * features ({@code StoredNames}); what cannot be brought there is a dead letter.
 *
 * <p>Imports {@code connectors} alone.
 */
package dev.eddy.pipeline.waiting;
