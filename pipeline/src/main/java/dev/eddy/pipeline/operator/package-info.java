/**
 * Turns keyed observations into predictions: the Flink operator, and the same without Flink.
 *
 * <ul>
 *   <li><b>event</b>: an observation, or a future update, which tells values and is not stepped
 *   <li><b>micro-batch</b>: the events that are buffered and stepped together; never state
 *   <li><b>flush</b>: stepping the micro-batch and sending its predictions, in order of arrival
 *   <li><b>linger</b>: how long the first event of a micro-batch waits for others
 *   <li><b>pass</b>: the part of a micro-batch that one tenure serves
 *   <li><b>afresh</b>: of a key that begins anew, because it was never seen or long silent
 *   <li><b>key state</b> and <b>operator state</b>: what is kept of each key, and beside them all
 * </ul>
 *
 * Imports {@code version}, {@code state}, {@code connectors} and {@code model}; jobs and
 * deployments import it.
 */
package dev.eddy.pipeline.operator;
