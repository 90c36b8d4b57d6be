/**
 * What does it cost?
 *
 * <p>JMH benchmarks of the parts, and {@link io.seidex.benchmarks.EndToEnd} of the whole. The packets come from
 * {@link io.seidex.traffic.Traffic}, which says how large they are and in what mix. benchmarks/README.md says how to
 * run them.
 */
package io.seidex.benchmarks;
