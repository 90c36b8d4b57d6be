package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * A packet that a text spells: found by its first line, then read into a buffer. A window that moves over the lines of the
 * text; it remembers nothing of earlier records, so that a record can be read alone.
 *
 * <p>Any octets are a text: a line ends at a line feed or with the text. A line that is not as it should be is told with its
 * offset. The buffer does not grow with what a text claims: of a packet that is longer than {@link Capture#MAX_CAPTURED},
 * that much is kept.
 */
abstract sealed class TextRecord permits K12Record, HexDumpRecord {
    /** What came of reading a record. */
    enum Outcome {
        PACKET,
        /** The text ends within the record. */
        TRUNCATED,
        /** It began like a record, but has no octets. */
        NO_PACKET
    }

    /** Is told of lines. */
    interface LineFaults {
        LineFaults IGNORED = (fault, at) -> {};

        void report(Fault fault, long at);
    }

    private static final int NO_DIGIT = -1;
    protected final Octets text;
    /** Where the text is taken to end. */
    protected final long length;
    protected final LineFaults faults;

    private final Frame frame;

    /** Where the record begins; if none was found, where the next one may begin if the text grows. */
    protected long at;
    /** From where the next record is looked for. */
    protected long end;
    /** How many octets the record spells. */
    protected long count;
    protected int linkType;
    protected boolean hasTime;
    protected long timeNanos;

    /** @param frame whose buffer takes the octets */
    TextRecord(Octets text, long length, Frame frame, LineFaults faults) {
        this.text = text;
        this.length = length;
        this.frame = frame;
        this.faults = faults;
    }

    /** Moves to the first record that begins at or behind {@code from}, itself the begin of a line. False if none does. */
    abstract boolean find(long from);

    /** How exactly its times are told. */
    abstract long ticksPerSecond();

    /** Reads the record that was found. */
    abstract Outcome read();

    /** Makes the packet that was read the frame's. */
    final void describe(long number, CaptureInterface source, int ordinal) {
        frame.overBuffer();
        frame.move(number, at, 0, (int) Math.min(count, Capture.MAX_CAPTURED), count, source, ordinal);
        if (hasTime) {
            frame.time(timeNanos);
        }
    }

    protected final void append(int octet) {
        if (count < Capture.MAX_CAPTURED) {
            frame.put((int) count, octet);
        }
        count++;
    }

    /** The octet at a place, or a line feed where the text has ended. */
    protected final int u8(long place) {
        return place < length ? text.u8(place) : '\n';
    }

    /** The line behind the one that holds a place. */
    protected final long nextLine(long place) {
        long next = place;
        while (next < length) {
            if (text.u8(next++) == '\n') {
                break;
            }
        }
        return next;
    }

    /** The first place that holds no blank; the line's end is none. */
    protected final long skipBlanks(long place) {
        long next = place;
        while (isBlank(u8(next))) {
            next++;
        }
        return next;
    }

    /** Carriage returns count: texts come from any system. */
    protected static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }

    protected static boolean isEnd(int octet) {
        return octet == '\n' || isBlank(octet);
    }

    protected static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    /** The octet that two hexadecimal digits spell; negative if they are none. */
    protected final int octet(long place) {
        int high = digit(u8(place));
        return high < 0 ? NO_DIGIT : high << 4 | digit(u8(place + 1));
    }

    protected static int digit(int octet) {
        if (isDigit(octet)) {
            return octet - '0';
        }
        int letter = octet | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : NO_DIGIT;
    }

    /** A number of exactly {@code digits} decimal digits; negative if it is none. */
    protected final int decimal(long place, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int octet = u8(place + i);
            if (!isDigit(octet)) {
                return NO_DIGIT;
            }
            value = value * 10 + octet - '0';
        }
        return value;
    }
}
