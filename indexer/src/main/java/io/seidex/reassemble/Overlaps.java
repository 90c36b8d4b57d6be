package io.seidex.reassemble;

/** What is done where a piece disagrees with what is there. That a piece comes twice, the same in all, is never a fault. */
public enum Overlaps {
    /**
     * IPv4 and divided messages: pieces may overlap where their octets agree. Where they do not, the identity is taken to
     * have been used again: of 16 bits it is within seconds. What was there is given up, and another whole begins; when that
     * completes, the fault is told once more: pieces of two may have met.
     */
    ANEW,
    /**
     * IPv6, RFC 5722 and RFC 8200 4.5: any overlap is a reason to give up a whole, and with it all pieces of its
     * identity until its time is over.
     */
    NONE
}
