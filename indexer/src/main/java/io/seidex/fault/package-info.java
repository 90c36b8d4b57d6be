/**
 * What was wrong, where, how often.
 *
 * <p>A fault of captured octets is a value with a place: a {@link io.seidex.fault.Layer}, a {@link io.seidex.fault.Fault}, a
 * frame and an absolute offset. It is never an exception and never dropped. Exceptions are for trouble with the machine.
 */
package io.seidex.fault;
