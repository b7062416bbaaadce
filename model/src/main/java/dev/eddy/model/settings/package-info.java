/**
 * What a user says of a network and its training: the {@code model} and {@code training} blocks.
 *
 * <p>A <em>split</em> says which part of a history trains, which validates and which tests; a
 * <em>key selection</em> picks keys for a part. {@link dev.eddy.model.settings.InputSettings} is
 * what training needs of the {@code input} block. Every other record declares its settings by
 * {@link dev.eddy.settings.Setting}: there stand defaults, bounds and sentences, and nowhere else.
 *
 * <p>Imports {@code model.spec} and the module {@code settings}, nothing else of Eddy.
 */
@NullMarked
package dev.eddy.model.settings;

import org.jspecify.annotations.NullMarked;
