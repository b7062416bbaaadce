/**
 * The outside of the engines' JVMs: who runs when. A <i>contender</i> is an engine as a run sees
 * it, a name and the libraries of its JVM; a run starts a <i>worker process</i> for each, shows
 * that they <i>agree</i>, then lets them take <i>turns</i>, so that a machine's moods meet all
 * alike.
 *
 * <p>Imports {@code work}, {@code worker} and {@code report}; no engine and no library of a peer.
 */
package dev.eddy.benchmarks.run;
