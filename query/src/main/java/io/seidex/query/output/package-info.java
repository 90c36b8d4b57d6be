/**
 * How does a packet look? Each format is a sink of hits: {@link io.seidex.query.output.TextSink} for people,
 * {@link io.seidex.query.output.FieldsSink} as tshark's {@code -T fields}, {@link io.seidex.query.output.JsonSink} for programs.
 *
 * <p>Lines are built as octets in one {@link io.seidex.query.output.TextBuffer}; a line costs no objects.
 */
package io.seidex.query.output;
