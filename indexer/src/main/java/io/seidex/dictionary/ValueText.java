package io.seidex.dictionary;

import io.seidex.octets.Octets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes the text of a member as UTF-8 into a buffer of the caller's: what is indexed as a term, and what tshark
 * prints. Allocates nothing. Octets that are no UTF-8 stay as they are; a zero octet ends the text, as in tshark. What
 * does not fit into the buffer is cut.
 */
public final class ValueText {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The lowest bit of each octet of a word. */
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final int NAME_TEXT = 0x20;
    private static final int FQDN_TEXT = 0x40;
    private static final int OCTETS = 256;
    private static final int FILLER = 0xF;
    private static final int ZONE_SIGN = 8;

    private ValueText() {}

    /**
     * Writes the text of a member whose type {@linkplain MemberType#isText() is text}; any other member as its octets.
     *
     * @return how many octets of {@code target} were written, from 0 on
     */
    public static int write(MemberType type, Octets octets, long at, int length, byte[] target) {
        return switch (type) {
            case LABELS -> labels(octets, at, length, target);
            case NAME -> labelsBelow(NAME_TEXT, octets, at, length, target);
            case FQDN -> labelsBelow(FQDN_TEXT, octets, at, length, target);
            case TBCD -> digits(octets, at, length, target);
            default -> text(octets, at, length, target);
        };
    }

    /** The octet from which on the first one of a value is a character: below it is the length of a label. */
    static int firstText(MemberType type) {
        return switch (type) {
            case LABELS -> OCTETS;
            case NAME -> NAME_TEXT;
            case FQDN -> FQDN_TEXT;
            default -> 0;
        };
    }

    /** The octets as they are. */
    public static int text(Octets octets, long at, int length, byte[] target) {
        int count = Math.min(length, target.length);
        octets.copyTo(at, target, 0, count);
        return toZero(target, count);
    }

    /** Labels, each behind its length, joined by dots. A label that lies about its length ends with the octets. */
    public static int labels(Octets octets, long at, int length, byte[] target) {
        // The first length is left out, and a dot stands in the place of each further one.
        int count = Math.min(length - 1, target.length);
        if (count <= 0) {
            return 0;
        }
        octets.copyTo(at + 1, target, 0, count);
        for (int dot = octets.u8(at); dot < count; dot += 1 + octets.u8(at + 1 + dot)) {
            target[dot] = '.';
        }
        return toZero(target, count);
    }

    /** Digits of half an octet each, the low half first, up to a filler in a high half. What is no digit is '?'. */
    public static int digits(Octets octets, long at, int length, byte[] target) {
        int written = 0;
        for (int i = 0; i < length && written < target.length; i++) {
            int octet = octets.u8(at + i);
            target[written++] = digit(octet & 0xF);
            int high = octet >>> 4;
            if (high == FILLER || written == target.length) {
                break;
            }
            target[written++] = digit(high);
        }
        return written;
    }

    /** Whether all octets are characters of ASCII that can be printed. */
    public static boolean isPrintable(Octets octets, long at, int length) {
        for (int i = 0; i < length; i++) {
            int octet = octets.u8(at + i);
            if (octet < ' ' || octet > '~') {
                return false;
            }
        }
        return true;
    }

    /** How many quarters of an hour a {@link MemberType#ZONE} is away from GMT, on whichever side. */
    public static int quarters(int octet) {
        return 10 * (octet & 7) + (octet >>> 4);
    }

    /** A {@link MemberType#ZONE} in words: {@code GMT + 5 hours 30 minutes}. Cold path. */
    public static String zone(int octet) {
        int quarters = quarters(octet);
        return "GMT " + ((octet & ZONE_SIGN) == 0 ? '+' : '-') + ' ' + quarters / 4 + " hours " + quarters % 4 * 15
                + " minutes";
    }

    private static byte digit(int half) {
        return (byte) (half < 10 ? '0' + half : '?');
    }

    private static int labelsBelow(int firstText, Octets octets, long at, int length, byte[] target) {
        return length > 0 && octets.u8(at) < firstText
                ? labels(octets, at, length, target)
                : text(octets, at, length, target);
    }

    private static int toZero(byte[] target, int written) {
        int i = 0;
        for (; i <= written - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(target, i);
            if ((word - LOW_BITS & ~word & LOW_BITS << 7) != 0) {
                break;
            }
        }
        for (; i < written; i++) {
            if (target[i] == 0) {
                return i;
            }
        }
        return written;
    }
}
