/**
 * The command line's entrance: {@code Eddy} names the commands and turns failures into lines and
 * exit codes. The commands are in {@code command}; what they show, in {@code console}, {@code
 * score} and {@code report}; {@code demo} and {@code init} are the work of one command each.
 *
 * <p>May import everything; nothing imports it.
 */
package dev.eddy.pipeline.cli;
