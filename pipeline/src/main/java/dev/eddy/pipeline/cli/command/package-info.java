/**
 * The commands, a class each: {@code eddy train} is {@code TrainCommand}. A command has options and
 * asks others to do the work; what it shows goes to the {@code Console}, and its result is one line
 * of JSON with {@code --json}. Where a command has much to do by itself, a package below does it:
 * {@code cli.run}, {@code cli.tail}, {@code cli.backtest}.
 *
 * <p>To add a command: a class that extends {@code EddyCommand}, named in {@code Eddy}. May import
 * everything but {@code cli} itself.
 */
package dev.eddy.pipeline.cli.command;
