/**
 * Here is a file. Give me its frames.
 *
 * <p>A capture is recognised by its content, never by its name. {@link io.seidex.capture.FrameCursor} walks its records;
 * {@link io.seidex.capture.Border} is a place where it may be cut. {@link io.seidex.capture.Capture} is where to begin.
 *
 * <p>What cannot be read is a fault in the log, and whatever can be read is delivered. A file that becomes shorter while it
 * is read raises {@link java.lang.InternalError}: see {@link io.seidex.capture.Capture}.
 */
package io.seidex.capture;
