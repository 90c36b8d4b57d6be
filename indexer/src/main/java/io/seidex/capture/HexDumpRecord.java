package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * A packet of a hex dump, as {@code text2pcap} reads them by default, {@code tshark -x} prints them, and
 * {@code od -A x -t x1 -v} and {@code xxd -g 1} print one.
 * <pre>
 *  I 2019-05-14T19:04:57.5Z                                          a time, if there is one; the direction is not kept
 *  000000 00 0e b6 00 00 02 00 0e b6 00 00 01 08 00 45 00   ......   an offset of three digits or more, octets, characters
 *  000010 00 28 00 00 00 00 ff 01
 *  000018                                                            how many there were, if it is told
 * </pre>
 * Offset 0 begins a packet. An offset is the first of its line, mail's {@code >} aside, and a colon may follow it. Octets are
 * pairs of digits with one or two blanks between them; what follows is not read. Lines whose first character is
 * {@code #}, and lines without an offset, belong to no packet. A time is ISO 8601's, in UTC unless it names an offset;
 * it may follow a direction or a number, and stands before its packet. Without one a packet has no time.
 *
 * <p>Characters behind the octets may look like octets: where the next line begins at an offset within the line before,
 * what is behind that offset is taken back.
 */
final class HexDumpRecord extends TextRecord {
    private static final int LINKTYPE_ETHERNET = 1;

    /** Octets of a first line that make a dump likely even if no line follows. */
    private static final int LIKELY = 4;

    private static final int LEAST_OFFSET_DIGITS = 3;
    private static final int MOST_OFFSET_DIGITS = 16;
    private static final int COLUMN_GAP = 3;
    /** A direction and a number may stand before a time. */
    private static final int WORDS_BEFORE_TIME = 2;

    private static final long NANO = 1_000_000_000;
    /** The last that nanoseconds in 64 bits can tell all of. */
    private static final int MOST_YEAR = 2261;

    private static final int SECONDS_OF_A_DAY = 86_400;

    private static final long NO_TIME = Long.MIN_VALUE;

    // Of the line that was looked at last.
    private boolean hasOffset;
    private long offset;
    private long octetsAt;

    /** The packet's first line of octets. */
    private long start;
    /** Lines of octets that it has. */
    private int lines;
    /** An offset contradicted its packet: nothing is read until the next begins. */
    private boolean isBroken;

    HexDumpRecord(Octets text, long length, Frame frame, LineFaults faults) {
        super(text, length, frame, faults);
    }

    @Override
    boolean find(long from) {
        hasTime = false;
        linkType = LINKTYPE_ETHERNET;
        for (long line = from; line < length; line = nextLine(line)) {
            long begin = look(line);
            if (hasOffset && offset == 0 && octet(octetsAt) >= 0) {
                at = hasTime ? at : line;
                start = line;
                isBroken = false;
                return true;
            }
            if (hasOffset) {
                if (offset != 0 && !isBroken) {
                    faults.report(Fault.LINE_MALFORMED, line);
                    isBroken = true;
                }
            } else if (readTime(begin)) {
                at = line;
            }
        }
        at = hasTime ? at : length;
        return false;
    }

    @Override
    long ticksPerSecond() {
        return NANO;
    }

    @Override
    Outcome read() {
        count = 0;
        lines = 0;
        look(start);
        long lineCount = count;
        readOctets();
        end = -1;
        for (long line = nextLine(start); line < length; line = nextLine(line)) {
            long begin = look(line);
            if (!hasOffset) {
                if (end < 0 && time(begin) != NO_TIME) {
                    end = line;
                }
                continue;
            }
            boolean goesOn = offset > 0 && (offset == count || offset > lineCount && offset < count);
            if (!goesOn) {
                // A time before another packet is that packet's.
                end = offset == 0 && end >= 0 ? end : line;
                if (offset != 0) {
                    faults.report(Fault.LINE_MALFORMED, line);
                    isBroken = true;
                }
                return Outcome.PACKET;
            }
            end = -1;
            count = offset;
            lineCount = offset;
            readOctets();
        }
        end = end < 0 ? length : end;
        return Outcome.PACKET;
    }

    /** Whether the packet that was read makes it likely that the text is a hex dump. */
    boolean isLikely() {
        return lines > 1 || count >= LIKELY;
    }

    /** Looks for an offset at the begin of a line; returns where its first word begins. */
    private long look(long line) {
        long place = skipBlanks(line);
        while (u8(place) == '>') {
            place = skipBlanks(place + 1);
        }
        long begin = place;
        offset = 0;
        for (int digit = digit(u8(place)); digit >= 0; digit = digit(u8(++place))) {
            offset = offset << 4 | digit;
        }
        long digits = place - begin;
        if (u8(place) == ':') {
            place++;
        }
        hasOffset = false;
        if (digits >= LEAST_OFFSET_DIGITS && digits < MOST_OFFSET_DIGITS && isEnd(u8(place))) {
            octetsAt = skipBlanks(place);
            // "100 packets captured" is no offset: octets follow one, or nothing.
            hasOffset = u8(octetsAt) == '\n' || isOctet(octetsAt);
        }
        return begin;
    }

    private boolean isOctet(long place) {
        return octet(place) >= 0 && isEnd(u8(place + 2));
    }

    private void readOctets() {
        long place = octetsAt;
        while (isOctet(place)) {
            append(octet(place));
            long next = skipBlanks(place + 2);
            if (next - place - 2 >= COLUMN_GAP) {
                break;
            }
            place = next;
        }
        lines++;
    }

    private boolean readTime(long begin) {
        long nanos = time(begin);
        if (nanos == NO_TIME) {
            return false;
        }
        timeNanos = nanos;
        hasTime = true;
        return true;
    }

    /** The time that a line begins with, in nanoseconds since 1970; {@link #NO_TIME} if it begins with none. */
    private long time(long begin) {
        long place = begin;
        for (int word = 0; word <= WORDS_BEFORE_TIME; word++) {
            long nanos = isoTime(place);
            boolean mayPrecede = isDigit(u8(place)) || (u8(place) == 'I' || u8(place) == 'O') && isEnd(u8(place + 1));
            if (nanos != NO_TIME || !mayPrecede) {
                return nanos;
            }
            while (!isEnd(u8(place))) {
                place++;
            }
            place = skipBlanks(place);
        }
        return NO_TIME;
    }

    private long isoTime(long date) {
        int year = decimal(date, 4);
        int month = decimal(date + 5, 2);
        int day = decimal(date + 8, 2);
        int between = u8(date + 10);
        int hour = decimal(date + 11, 2);
        int minute = decimal(date + 14, 2);
        int second = decimal(date + 17, 2);
        boolean isTime = (year | month | day | hour | minute | second) >= 0
                && u8(date + 4) == '-'
                && u8(date + 7) == '-'
                && (between == 'T' || between == ' ')
                && u8(date + 13) == ':'
                && u8(date + 16) == ':'
                && year >= 1970
                && year <= MOST_YEAR
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth()
                && hour < 24
                && minute < 60
                && second <= 60;
        if (!isTime) {
            return NO_TIME;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * SECONDS_OF_A_DAY
                + (hour * 60L + minute) * 60
                + second;
        long place = date + 19;
        long nanos = 0;
        if (u8(place) == '.' || u8(place) == ',') {
            long unit = NANO / 10;
            for (place++; isDigit(u8(place)); place++) {
                nanos += unit * (u8(place) - '0');
                unit /= 10;
            }
        }
        int sign = u8(place);
        if (sign == '+' || sign == '-') {
            int hours = decimal(place + 1, 2);
            int minutes = decimal(place + (u8(place + 3) == ':' ? 4 : 3), 2);
            if ((hours | minutes) >= 0) {
                int east = (hours * 60 + minutes) * 60;
                seconds -= sign == '+' ? east : -east;
            }
        }
        return seconds * NANO + nanos;
    }
}
