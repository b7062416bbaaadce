/**
 * What {@code check} looks at of values that hold for all keys: a sample of their topic, and their
 * files. {@code SharedSample} is what was seen, in lines; {@code Questions} adds it to what it
 * finds.
 *
 * <p>Imports {@code deployment}, {@code yaml} and {@code connectors}.
 */
package dev.eddy.pipeline.check.shared;
