/**
 * Here is memory: a mapped capture, or a buffer of this program's own. Reads of 8 to 64 bits in network order.
 *
 * <p>{@link io.seidex.octets.Octets} is the only door to Chronicle Bytes. Everything to the right of this package speaks
 * of places in memory as {@code (octets, at, length)} and copies nothing.
 */
package io.seidex.octets;
