/**
 * What a user says of the CSV files that are sent as observations: the {@code replay} block.
 *
 * <p>A file's <em>layout</em> is long (a row is an observation), wide (a column is a key) or series
 * (a row is a key). A <em>key</em> comes from a column, the file's name or is constant; a
 * <em>time</em> from columns, or is counted in steps. Settings are declared by {@link
 * dev.eddy.settings.Setting}: there stand defaults, bounds and sentences, and nowhere else.
 *
 * <p>Imports the module {@code settings}, nothing else of Eddy.
 */
@NullMarked
package dev.eddy.connectors.file.settings;

import org.jspecify.annotations.NullMarked;
