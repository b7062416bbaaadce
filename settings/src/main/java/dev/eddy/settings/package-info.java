/**
 * How a setting is declared, and how a user's mistake is said.
 *
 * <p>A <em>setting</em> is a component of a record, declared by {@link dev.eddy.settings.Setting}
 * with its default, its bounds and its sentence. A <em>block</em> is such a record, declared by
 * {@link dev.eddy.settings.Block}. A {@link dev.eddy.settings.Declaration} is what reflection finds
 * of a setting, its {@link dev.eddy.settings.Shape} what may be written for it. A <em>word</em> is
 * an enum constant or a component as YAML writes it. A {@link dev.eddy.settings.UserMistake} is
 * what a user can mend, in lines {@code place: found (must be expected)}.
 *
 * <p>Imports nothing of Eddy, and no library: {@code model} and {@code connectors} both declare
 * settings here, and neither may import the other.
 */
@NullMarked
package dev.eddy.settings;

import org.jspecify.annotations.NullMarked;
