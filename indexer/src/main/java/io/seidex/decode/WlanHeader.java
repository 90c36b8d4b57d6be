package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * IEEE 802.11 header, IEEE 802.11 9.2. Of data frames that are not protected an LLC header follows.
 * <pre>
 *  octet    0    version (bits 0-1), type (bits 2-3), subtype (bits 4-7)
 *           1    flags: to DS, from DS, more fragments, retry, power, more data, protected, HT control
 *  octets  2-3   duration
 *          4-21  three addresses
 *         22-23  fragment (4 bits), sequence (12 bits), little-endian
 *           -    fourth address; only if to DS and from DS
 *           -    QoS control (2); only of QoS data: bit 7 says that the payload is an A-MSDU
 *           -    HT control (4); only of QoS data with its flag
 *           -    A-MSDU: destination, source, length of the first subframe
 * </pre>
 */
public final class WlanHeader extends Flyweight {
    public static final int LENGTH = 24;
    private static final int SHORTEST = 10;
    private static final int DATA = 2;
    private static final int NO_DATA = 0x40;
    private static final int QOS = 0x80;
    private static final int MORE_FRAGMENTS = 0x04;
    private static final int PROTECTED = 0x40;
    private static final int HT_CONTROL = 0x80;
    private static final int AGGREGATED = 0x80;
    private static final int SUBFRAME_LENGTH = 14;

    private boolean isPadded;

    /** @param isPadded whether the header is filled up to a multiple of 4 octets */
    public Fault wrap(Octets octets, long at, int available, boolean isPadded) {
        over(octets, at, available);
        this.isPadded = isPadded;
        if (available < SHORTEST) {
            return Fault.HEADER_TRUNCATED;
        }
        if (!isData()) {
            return Fault.NONE;
        }
        return available < fixedLength() || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    /** Whether it is a frame that carries somebody's data, in the clear or not. */
    public boolean isData() {
        return (u8(0) >>> 2 & 3) == DATA && (u8(0) & NO_DATA) == 0;
    }

    /** Whether the payload of a data frame is an LLC frame, all of it. */
    public boolean isReadable() {
        return (u8(1) & (PROTECTED | MORE_FRAGMENTS)) == 0 && (u8(22) & 0x0F) == 0;
    }

    /** Of a data frame: with the header of the first subframe, if there is one. */
    public int headerLength() {
        int fixed = fixedLength();
        return isAggregated() ? fixed + SUBFRAME_LENGTH : fixed;
    }

    private int fixedLength() {
        int length = qosOffset();
        if (isQos()) {
            length += (u8(1) & HT_CONTROL) == 0 ? 2 : 6;
        }
        return isPadded ? length + 3 & ~3 : length;
    }

    private boolean isAggregated() {
        return isQos() && (u8(qosOffset()) & AGGREGATED) != 0;
    }

    private boolean isQos() {
        return (u8(0) & QOS) != 0;
    }

    private int qosOffset() {
        return (u8(1) & 3) == 3 ? LENGTH + 6 : LENGTH;
    }
}
