/**
 * Where the versions of a deployment lie: {@code ModelStores} opens a store, in a local folder or
 * on any file system of Flink's ({@code FlinkStoreFiles}); {@code TrustedStores} says which one an
 * announced version is read from.
 */
@NullMarked
package dev.eddy.pipeline.version.store;

import org.jspecify.annotations.NullMarked;
