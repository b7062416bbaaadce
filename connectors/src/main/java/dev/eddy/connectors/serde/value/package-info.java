/**
 * What reading fields asks of the <i>encoding</i> of a value, JSON or another: tokens of JSON, or
 * word that it is unreadable.
 *
 * <p>Imports {@code event} for the words of reasons.
 */
package dev.eddy.connectors.serde.value;
