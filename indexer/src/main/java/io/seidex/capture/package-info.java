/**
 * Here is a file. Give me its frames.
 *
 * <p>A capture is recognised by its content, never by its name. {@link io.seidex.capture.FrameCursor} walks its records;
 * {@link io.seidex.capture.Border} is a place where it may be cut.
 */
package io.seidex.capture;
