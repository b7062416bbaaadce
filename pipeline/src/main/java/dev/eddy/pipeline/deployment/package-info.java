/**
 * What one YAML file says of a deployment, and the topics that it names.
 *
 * <p>A {@link dev.eddy.pipeline.deployment.Deployment} is the whole file, its components the file's
 * blocks: {@code topics}, {@code input}, {@code serving} are declared here; {@code model} and
 * {@code training} in {@code model.settings}, {@code replay} and {@code output} in {@code
 * connectors}. Each setting is declared once, by {@link dev.eddy.settings.Setting}; from the
 * declarations {@link dev.eddy.pipeline.deployment.DeploymentDocuments} writes the reference and
 * the schema.
 *
 * <p>Imports settings of all modules, {@code pipeline.yaml}, and of {@code operator}, {@code
 * version} and {@code connectors} what it makes of them; no job, no command.
 */
@NullMarked
package dev.eddy.pipeline.deployment;

import org.jspecify.annotations.NullMarked;
