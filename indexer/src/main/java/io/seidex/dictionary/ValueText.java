package io.seidex.dictionary;

import io.seidex.octets.Octets;

/**
 * Writes the text of a member as UTF-8 into a buffer of the caller's: what is indexed as a term, and what tshark prints.
 * Allocates nothing. Octets that are no UTF-8 stay as they are. What does not fit into the buffer is cut.
 */
public final class ValueText {
    /** Below it, the first octet of a Network Instance is the length of a label. */
    private static final int FIRST_TEXT = 0x20;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'a', 'b', 'c'};
    private static final int FILLER = 0xF;

    private ValueText() {}

    /**
     * Writes the text of a member whose type {@linkplain MemberType#isText() is text}; any other member as its octets.
     *
     * @return how many octets of {@code target} were written, from 0 on
     */
    public static int write(MemberType type, Octets octets, long at, int length, byte[] target) {
        return switch (type) {
            case LABELS -> labels(octets, at, length, target);
            case NAME -> length > 0 && octets.u8(at) < FIRST_TEXT
                    ? labels(octets, at, length, target)
                    : text(octets, at, length, target);
            case TBCD -> digits(octets, at, length, target);
            default -> text(octets, at, length, target);
        };
    }

    /** The octets as they are. */
    public static int text(Octets octets, long at, int length, byte[] target) {
        int count = Math.min(length, target.length);
        octets.copyTo(at, target, 0, count);
        return count;
    }

    /** Labels, each behind its length, joined by dots. A label that lies about its length ends with the octets. */
    public static int labels(Octets octets, long at, int length, byte[] target) {
        int written = 0;
        int place = 0;
        while (place < length) {
            int label = Math.min(octets.u8(at + place), length - place - 1);
            place++;
            if (place > 1 && written < target.length) {
                target[written++] = '.';
            }
            int count = Math.min(label, target.length - written);
            octets.copyTo(at + place, target, written, count);
            written += count;
            place += label;
        }
        return written;
    }

    /** Digits of half an octet each, the low half first, up to the filler. */
    public static int digits(Octets octets, long at, int length, byte[] target) {
        int written = 0;
        for (int i = 0; i < length; i++) {
            int octet = octets.u8(at + i);
            int low = octet & 0xF;
            int high = octet >>> 4;
            if (low == FILLER || written == target.length) {
                return written;
            }
            target[written++] = DIGITS[low];
            if (high == FILLER || written == target.length) {
                return written;
            }
            target[written++] = DIGITS[high];
        }
        return written;
    }
}
