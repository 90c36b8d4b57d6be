package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of a packet that Linux's NFLOG captured: LINKTYPE_NFLOG (239), with its attributes up to the packet.
 * <pre>
 *  octet    0    address family: 2 IPv4, 10 IPv6
 *           1    version, 0
 *  octets  2-3   resource
 *           4-   attributes, each: length with its header (2 octets), type (2 octets), value, filled up to a multiple of 4
 * </pre>
 * Attributes are in the order of the machine; little-endian is read. The packet is the value of attribute 9.
 */
public final class NflogHeader extends Flyweight {
    public static final int LENGTH = 4;
    private static final int ATTRIBUTE = 4;
    private static final int PAYLOAD = 9;
    private static final int INET = 2;
    private static final int INET6 = 10;

    private int payloadOffset;
    private int payloadLength;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        payloadOffset = 0;
        payloadLength = 0;
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        for (int offset = LENGTH; available - offset >= ATTRIBUTE;) {
            int length = u16le(offset);
            if (length < ATTRIBUTE) {
                return Fault.LENGTH_IMPOSSIBLE;
            }
            if ((u16le(offset + 2) & 0x7FFF) == PAYLOAD) {
                payloadOffset = offset + ATTRIBUTE;
                payloadLength = length - ATTRIBUTE;
                return Fault.NONE;
            }
            offset += length + 3 & ~3;
        }
        return Fault.NONE;
    }

    /** The EtherType that the family stands for, {@link EtherType#NONE} for others. */
    public int etherType() {
        return switch (u8(0)) {
            case INET -> EtherType.IPV4;
            case INET6 -> EtherType.IPV6;
            default -> EtherType.NONE;
        };
    }

    public boolean hasPayload() {
        return payloadOffset != 0;
    }

    public int payloadOffset() {
        return payloadOffset;
    }

    /** As claimed. */
    public int payloadLength() {
        return payloadLength;
    }
}
