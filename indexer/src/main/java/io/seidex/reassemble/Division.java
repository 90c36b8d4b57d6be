package io.seidex.reassemble;

/**
 * How a protocol divides its messages over datagrams.
 *
 * @param place what tells where a piece belongs
 * @param base the number of the first piece, or the offset of the first octet
 * @param runsOn whether numbers run on from message to message: then {@code base} means nothing, and a flag marks the
 *         first piece
 * @param end what tells where the message ends
 * @param modulus what numbers that run on are counted by: behind the largest comes 0; 0 if they never end
 */
public record Division(Place place, long base, boolean runsOn, End end, long modulus) {
    public Division(Place place, long base, boolean runsOn, End end) {
        this(place, base, runsOn, end, 0);
    }

    /** What tells where a piece belongs. */
    public enum Place {
        /** Pieces are numbered. */
        NUMBER,
        /** Pieces tell the offset of their first octet. */
        OFFSET,
        /** Nothing: pieces come in order, and a flag marks the first. */
        ARRIVAL
    }

    /** What tells where a message ends. */
    public enum End {
        /** Every piece tells how many there are. */
        COUNT,
        /** A flag marks the last piece. */
        FLAG,
        /** Pieces tell how many octets the message has. */
        LENGTH
    }

    /** Numbered pieces that tell how many there are. */
    public static Division numbered(long base) {
        return new Division(Place.NUMBER, base, false, End.COUNT);
    }
}
