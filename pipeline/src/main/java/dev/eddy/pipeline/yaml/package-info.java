/**
 * Reads settings records from YAML and writes them, by what their components declare.
 *
 * <p>The <em>binder</em> makes records from a document's nodes and gathers every problem: its
 * <em>place</em> ({@code weather.yaml:12} or {@code --set}), the setting's <em>path</em> ({@code
 * training.batch}), what was found, and what it must be or the nearest right name. A setting may be
 * written <em>in short</em>: a value in place of a block. The <em>writer</em> does the reverse; the
 * <em>reference</em> and the <em>schema</em> describe what may be written.
 *
 * <p>Imports the module {@code settings}, SnakeYAML and Jackson, and knows no setting by name but
 * {@code input.zone} and the two blocks that are passed on as they are, {@code kafka} and {@code
 * flink}.
 */
@NullMarked
package dev.eddy.pipeline.yaml;

import org.jspecify.annotations.NullMarked;
