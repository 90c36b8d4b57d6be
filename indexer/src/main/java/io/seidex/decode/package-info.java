/**
 * Here is a frame. What is in it?
 *
 * <p>A header class is a window that is moved, not created. {@code wrap(octets, at, available)} looks at the octets once and
 * answers with a {@link io.seidex.fault.Fault}. Unless that fault {@linkplain io.seidex.fault.Fault#stops() stops}, no
 * accessor can fail until the next {@code wrap}. After a fault that stops, only accessors that say so may be called.
 * {@code over(octets, at, available)} moves a window to a place that a {@link io.seidex.decode.Packet} lists, which was
 * checked when it was listed.
 *
 * <p>Nothing here copies, throws, or allocates per packet. {@code at} is an absolute offset, {@code available} what the layer
 * outside grants and the capture holds; lengths are in octets; integers are unsigned and in network order.
 */
package io.seidex.decode;
