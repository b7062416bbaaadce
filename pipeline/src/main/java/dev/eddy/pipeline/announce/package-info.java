/**
 * Announcements: which versions of a model serve, and from which event time on.
 *
 * <p>An <i>announcement</i> is a message on the models topic; broker order is the order. A name's
 * first one serves from the beginning of time, a later one from just after what it was judged on,
 * plus the deployment's <i>activation lead</i>. Its <i>swap policy</i> says how key states move
 * over: re-warmed, carried or reset. A later message may <i>retract</i> what was announced. {@code
 * ModelAnnouncer} sends, {@code AnnouncedVersions} reads, {@code ServableModel} holds a version
 * against the deployment that is to serve it, and {@code EngineChoice} chooses the step engine by
 * the networks that were announced.
 *
 * <p>May import {@code history}, {@code deployment}, {@code version} and what is below them.
 */
package dev.eddy.pipeline.announce;
