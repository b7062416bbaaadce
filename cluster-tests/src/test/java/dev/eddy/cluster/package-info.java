/**
 * The job jar on real processes: a <b>cluster</b> is a broker, a ZooKeeper, a job manager and two
 * task managers, each a JVM of its own that can be killed, in a folder of its own that is emptied
 * before it starts again, as if it came back on another machine. All they share is one folder, with
 * the checkpoints and the models. A <b>stream</b> is one deployment on it. What it predicts is held
 * against the <b>reference</b>, what an uninterrupted run makes of the same observations.
 */
@NullMarked
package dev.eddy.cluster;

import org.jspecify.annotations.NullMarked;
