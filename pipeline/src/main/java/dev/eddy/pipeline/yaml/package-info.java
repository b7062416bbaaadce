/**
 * Reads settings records from YAML. Names are kebab-case; what is missing takes the record's
 * constant {@code DEFAULT_NAME} or its static {@code defaults()}; everything wrong is reported by
 * name and line, with the nearest right name.
 */
package dev.eddy.pipeline.yaml;
