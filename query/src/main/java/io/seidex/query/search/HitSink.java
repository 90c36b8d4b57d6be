package io.seidex.query.search;

import java.io.IOException;

/** Receives the packets of a search, in capture order. */
@FunctionalInterface
public interface HitSink {
    /**
     * Takes one packet.
     *
     * @param hit a window that moves on when the call returns
     * @return false to end the search
     */
    boolean accept(Hit hit) throws IOException;
}
