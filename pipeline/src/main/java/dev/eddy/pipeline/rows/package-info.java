/**
 * What all rows of a deployment's files hold, and whether they are enough for what its settings
 * ask: keys and their lengths, distances, classes, the parts of the split, lone values far off.
 *
 * <p>Imports {@code deployment} and what is below it; {@code check} says what is found here.
 */
package dev.eddy.pipeline.rows;
