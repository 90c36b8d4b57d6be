/**
 * Here are a seed and a number. Have as many packets of a mobile core.
 *
 * <p>{@link io.seidex.traffic.CaptureWriter} and {@link io.seidex.traffic.CaptureBuilder} write captures,
 * {@link io.seidex.traffic.PacketBuilder} writes packets layer by layer, {@link io.seidex.traffic.PfcpIes} and
 * {@link io.seidex.traffic.GtpIes} write information elements by name, and {@link io.seidex.traffic.Traffic} makes
 * whole networks of SMFs and UPFs talk. It serves the tests of every module, and the benchmarks; nothing in the product
 * uses it.
 */
package io.seidex.traffic;
