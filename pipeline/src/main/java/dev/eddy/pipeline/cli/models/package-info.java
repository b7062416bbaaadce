/**
 * {@code eddy models …}: what is published and announced, a class for each command. What they do
 * lies below {@code cli}: {@code announce} sends, {@code train} keeps, the store publishes.
 *
 * <p>May import {@code cli.command}, for what every command has, and what is below it.
 */
package dev.eddy.pipeline.cli.models;
