package io.seidex.capture;

/**
 * An interface of a capture. A pcap file has one, which its header describes; a pcapng section has one for each of its
 * interface description blocks. A packet of an interface that its section does not describe has a source without a
 * section, an id and a link type; its times are taken for microseconds.
 *
 * @param section which section of the file it belongs to, from 0
 * @param id Wireshark's {@code frame.interface_id}: counts from 0 within the section
 * @param bigEndian the byte order of the section
 * @param linkType LINKTYPE number of the records
 * @param ticksPerSecond resolution of the times, {@code if_tsresol}: a power of 10 or of 2, unsigned; all ones if it is
 *     finer than 64 bits can say
 * @param offsetSeconds added to every time, {@code if_tsoffset}
 * @param snapLength what the capture claims as its longest record; never used as a bound
 * @param name {@code if_name}, or {@code if_description} if it has none; empty without both
 */
public record CaptureInterface(
        int section,
        int id,
        boolean bigEndian,
        int linkType,
        long ticksPerSecond,
        long offsetSeconds,
        long snapLength,
        String name) {

    /** In place of a section, an id or a link type that the capture does not tell. */
    public static final int UNDESCRIBED = -1;

    private static final long MICRO = 1_000_000;
    private static final long NANO = 1_000_000_000;

    public CaptureInterface {
        if (ticksPerSecond == 0) {
            throw new IllegalArgumentException("no ticks in a second");
        }
    }

    static CaptureInterface undescribed(boolean bigEndian) {
        return new CaptureInterface(UNDESCRIBED, UNDESCRIBED, bigEndian, UNDESCRIBED, MICRO, 0, 0, "");
    }

    /**
     * Nanoseconds since 1970 of a time that counts this interface's ticks (unsigned). What a long cannot hold becomes
     * its greatest or smallest value.
     */
    public long nanos(long ticks) {
        if (ticks >= 0 && offsetSeconds == 0) {
            if (ticksPerSecond == NANO) {
                return ticks;
            }
            if (ticksPerSecond == MICRO && ticks <= Long.MAX_VALUE / 1000) {
                return ticks * 1000;
            }
        }
        return slowNanos(ticks);
    }

    private long slowNanos(long ticks) {
        long seconds = Long.divideUnsigned(ticks, ticksPerSecond);
        long nanos = fraction(Long.remainderUnsigned(ticks, ticksPerSecond));
        if (seconds < 0) {
            // Over 2^63 seconds: no offset brings that back to where nanoseconds fit, unless it is as far off below.
            seconds = offsetSeconds < 0 ? seconds + offsetSeconds : Long.MAX_VALUE;
            if (seconds < 0) {
                return Long.MAX_VALUE;
            }
        } else {
            seconds = saturatedSum(seconds, offsetSeconds);
        }
        if (seconds > Long.MAX_VALUE / NANO - 1) {
            return Long.MAX_VALUE;
        }
        if (seconds < Long.MIN_VALUE / NANO + 1) {
            return Long.MIN_VALUE;
        }
        return seconds * NANO + nanos;
    }

    /** {@code ticks * 10^9 / ticksPerSecond}, for less than a second of ticks; the product may need 94 bits. */
    private long fraction(long ticks) {
        if (Long.compareUnsigned(ticksPerSecond, 1L << 33) < 0) {
            return ticks * NANO / ticksPerSecond;
        }
        if (Long.remainderUnsigned(ticksPerSecond, NANO) == 0) {
            return Long.divideUnsigned(ticks, Long.divideUnsigned(ticksPerSecond, NANO));
        }
        long high = Math.unsignedMultiplyHigh(ticks, NANO);
        if (Long.bitCount(ticksPerSecond) == 1) {
            int shift = Long.numberOfTrailingZeros(ticksPerSecond);
            return high << (64 - shift) | ticks * NANO >>> shift;
        }
        return high; // all ones, or as good as 2^64
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
