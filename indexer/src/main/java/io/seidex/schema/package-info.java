/**
 * What can I search for? One definition per field serves writing, querying, listing and the documentation.
 *
 * <p>{@link io.seidex.schema.PacketSchema} lists the fields; {@link io.seidex.schema.Extraction} walks a decoded packet and
 * hands every occurrence of every field, in packet order, to a {@link io.seidex.schema.ValueSink}. Columns are one sink, a
 * printer is another: what is printed is what was indexed.
 */
package io.seidex.schema;
