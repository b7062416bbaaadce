/**
 * Knows which version of a deployment's model serves when, and has it ready.
 *
 * <ul>
 *   <li><b>announcement</b>: the message that a version is to be used, from which event time on
 *   <li><b>tenure</b>: the stretch of event time in which a version serves; a version that comes
 *       back has another one
 *   <li><b>timeline</b>: the tenures in broker order; event time alone says which one serves
 *   <li><b>swap</b>: a key's state moves over to another version, re-warmed, carried or reset; two
 *       models of one number and different digests are two versions
 *   <li><b>lease</b>: a subtask's hold on a loaded version; the last one that is closed frees it
 *   <li><b>refused</b>: of a version that is unreadable, wrong or does not fit; the one before it
 *       keeps serving
 *   <li><b>served</b>: of a version that has stepped keys, in this run of the job or an earlier
 *       one; what it was made of is remembered, so that its keys can leave it when it is refused
 *   <li><b>mapping</b>: which fields of the deployment's observations a version reads
 * </ul>
 *
 * Imports {@code connectors} and {@code model}.
 */
package dev.eddy.pipeline.version;
