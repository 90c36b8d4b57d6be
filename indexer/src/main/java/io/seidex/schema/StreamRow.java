package io.seidex.schema;

import io.seidex.reassemble.StreamMessages;

/**
 * Where messages stand in a stream that a packet completes, as {@code tcp.messages} has it.
 * <pre>
 *  bits     63-32  sequence number of the first octet
 *           31     whether the packet completes others that stand elsewhere: {@code tcp.messages.more}
 *           30-0   octets
 * </pre>
 */
public final class StreamRow {
    private static final long OTHERS = 1L << 31;

    private StreamRow() {}

    /** A row of those that a segment completes. */
    public static long of(StreamMessages messages, int row) {
        return (long) messages.sequence(row) << Integer.SIZE | (row < messages.rows() - 1 ? OTHERS : 0)
                | messages.length(row);
    }

    public static int sequence(long row) {
        return (int) (row >>> Integer.SIZE);
    }

    public static int length(long row) {
        return (int) (row & OTHERS - 1);
    }

    public static boolean hasOthers(long row) {
        return (row & OTHERS) != 0;
    }
}
