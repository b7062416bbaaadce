/**
 * What the bytes of keys and values are before anything is decoded: UTF-8 text, a number, or, where
 * they can be neither, what they look like, for the reason of a dead letter.
 */
package dev.eddy.connectors.serde.bytes;
