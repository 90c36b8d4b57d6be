package io.seidex.reassemble;

/** What is done where a piece overlaps what is there. That a piece comes twice, the same in all, is never a fault. */
public enum Overlaps {
    /**
     * IPv4: pieces may overlap where their octets agree. A whole whose pieces disagree is given up, and with it all
     * pieces of its identity until its time is over.
     */
    AGREEING,
    /** IPv6, RFC 5722 and RFC 8200 4.5: as {@link #AGREEING}, but any overlap is a reason. */
    NONE,
    /**
     * Divided messages: where pieces disagree, the identity is taken to have been used again. What was there is given up,
     * and another whole begins; when that completes, the fault is told once more: pieces of two may have met.
     */
    ANEW
}
