package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * A packet of a K12 text, which Wireshark writes and reads as {@code k12text}.
 * <pre>
 *  +---------+---------------+----------+      begins each packet, or ends the one before
 *  01:03:35,089,675   ETHER                    hours : minutes : seconds , milli- , microseconds; the encapsulation
 *  |0   |08|00|27|db|63|e0|                    the octets; more such lines may follow, with the number of octets so far
 * </pre>
 * How many blanks there are does not matter, nor whether an empty line follows. The format has no date: times count from
 * 1970-01-01.
 */
final class K12Record extends TextRecord {
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int LINKTYPE_C_HDLC = 104;
    private static final int LINKTYPE_MTP2 = 140;
    private static final int LINKTYPE_MTP3 = 141;

    private static final long SECOND = 1_000_000_000;
    private static final int MOST_HOUR_DIGITS = 4;
    private static final int COLUMN = 9;

    /** The line behind the one with the time. */
    private long behindTime;

    private boolean hasSeparator;
    /** A line was malformed; nothing behind it in the same row or packet can be trusted. */
    private boolean isBroken;

    private boolean isCut;

    K12Record(Octets text, long length, Frame frame, LineFaults faults) {
        super(text, length, frame, faults);
    }

    /** Whether a separator stands before the record that was found. */
    boolean hasSeparator() {
        return hasSeparator;
    }

    @Override
    boolean find(long from) {
        long separator = -1;
        for (long line = from; line < length; line = nextLine(line)) {
            long begin = skipBlanks(line);
            int first = u8(begin);
            if (first == '+' && isSeparator(begin)) {
                separator = separator < 0 ? line : separator;
            } else if (isDigit(first) && readTime(begin)) {
                hasSeparator = separator >= 0;
                at = hasSeparator ? separator : line;
                behindTime = nextLine(begin);
                return true;
            } else if (separator >= 0 && first != '\n' && isCutLine(line)) {
                at = separator;
                behindTime = length;
                return true;
            } else if (first != '\n') {
                if (separator >= 0 || first == '|') {
                    faults.report(Fault.LINE_MALFORMED, line);
                }
                separator = -1;
            }
        }
        at = length;
        return false;
    }

    private boolean isSeparator(long begin) {
        for (int i = 1; i <= COLUMN; i++) {
            if (u8(begin + i) != '-') {
                return false;
            }
        }
        return u8(begin + COLUMN + 1) == '+';
    }

    /** False if the line is none that tells a time and an encapsulation. */
    private boolean readTime(long begin) {
        int hourDigits = 1;
        while (hourDigits <= MOST_HOUR_DIGITS && isDigit(u8(begin + hourDigits))) {
            hourDigits++;
        }
        long place = begin + hourDigits;
        int hours = hourDigits > MOST_HOUR_DIGITS ? -1 : decimal(begin, hourDigits);
        int minutes = decimal(place + 1, 2);
        int seconds = decimal(place + 4, 2);
        int millis = decimal(place + 7, 3);
        int micros = decimal(place + 11, 3);
        boolean isTime = (hours | minutes | seconds | millis | micros) >= 0
                && u8(place) == ':'
                && u8(place + 3) == ':'
                && u8(place + 6) == ','
                && u8(place + 10) == ','
                && isBlank(u8(place + 14));
        if (!isTime) {
            return false;
        }
        timeNanos = ((hours * 60L + minutes) * 60 + seconds) * SECOND + millis * 1_000_000L + micros * 1_000L;
        hasTime = true;
        linkType = linkType(skipBlanks(place + 14));
        return true;
    }

    private int linkType(long name) {
        if (isWord(name, "ETHER")) {
            return LINKTYPE_ETHERNET;
        }
        if (isWord(name, "MTP-L2")) {
            return LINKTYPE_MTP2;
        }
        if (isWord(name, "SSCF")) {
            return LINKTYPE_MTP3;
        }
        return isWord(name, "HDLC") ? LINKTYPE_C_HDLC : CaptureInterface.UNDESCRIBED;
    }

    private boolean isWord(long place, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (u8(place + i) != word.charAt(i)) {
                return false;
            }
        }
        return isEnd(u8(place + word.length()));
    }

    @Override
    long ticksPerSecond() {
        return 1_000_000;
    }

    @Override
    Outcome read() {
        count = 0;
        isBroken = false;
        isCut = false;
        long line = behindTime;
        while (line < length && u8(skipBlanks(line)) == '\n') {
            line = nextLine(line);
        }
        end = line;
        if (line >= length) {
            return Outcome.TRUNCATED;
        }
        if (u8(skipBlanks(line)) != '|') {
            faults.report(Fault.LINE_MALFORMED, line);
            return Outcome.NO_PACKET;
        }
        while (end < length && u8(skipBlanks(end)) == '|') {
            if (!isBroken) {
                readRow(end);
            }
            end = nextLine(end);
        }
        return isCut ? Outcome.TRUNCATED : Outcome.PACKET;
    }

    /** What stands behind a cell that spells no octet is not read: its place in the packet would be a guess. */
    private void readRow(long line) {
        long place = skipBlanks(line) + 1;
        long offset = 0;
        for (; u8(place) != '|'; place++) {
            int digit = digit(u8(place));
            if (digit < 0 && !isBlank(u8(place)) || offset > Integer.MAX_VALUE) {
                breakAt(line, place);
                return;
            }
            offset = digit < 0 ? offset : offset << 4 | digit;
        }
        if (offset != count) {
            faults.report(Fault.LINE_MALFORMED, line);
        }
        place++;
        while (u8(skipBlanks(place)) != '\n') {
            int octet = octet(place);
            if (octet < 0 || u8(place + 2) != '|') {
                breakAt(line, place);
                return;
            }
            append(octet);
            place += 3;
        }
    }

    private void breakAt(long line, long place) {
        isBroken = true;
        if (isCutLine(place)) {
            isCut = true;
        } else {
            faults.report(Fault.LINE_MALFORMED, line);
        }
    }

    /** Whether the text ends within the line that holds a place. */
    private boolean isCutLine(long place) {
        return nextLine(place) >= length && text.u8(length - 1) != '\n';
    }
}
