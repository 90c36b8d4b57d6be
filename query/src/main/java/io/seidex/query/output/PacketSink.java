package io.seidex.query.output;

import io.seidex.query.search.HitSink;
import java.io.IOException;

/** Prints packets, each as a line. */
public interface PacketSink extends HitSink {
    /** Prints what stands before the first packet. */
    default void begin() throws IOException {}

    /** Prints what is not printed yet. */
    void finish() throws IOException;
}
