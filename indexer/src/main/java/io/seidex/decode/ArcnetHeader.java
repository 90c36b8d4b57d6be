package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * ARCNET header, RFC 1201, as LINKTYPE_ARCNET_BSD (7) or LINKTYPE_ARCNET_LINUX (129) has it.
 * <pre>
 *             BSD                                Linux
 *  octet    0    source                        0    source
 *           1    destination                   1    destination
 *           -                                 2-3   offset
 *           2    protocol                      4    protocol
 *           3    split flag                    5    split flag
 *          4-5   sequence                     6-7   sequence
 * </pre>
 * A split flag of 0xFF is followed by 0xFFFF and the fields from the protocol on again. Protocols of RFC 1051 (0xF0, 0xF1) have none of them.
 */
public final class ArcnetHeader extends Flyweight {
    private static final int EXCEPTION = 0xFF;
    private static final int EXCEPTION_LENGTH = 4;
    private static final int SPLIT_LENGTH = 3;

    private int protocolAt;

    /** @param isLinux whether an offset stands before the protocol */
    public Fault wrap(Octets octets, long at, int available, boolean isLinux) {
        over(octets, at, available);
        protocolAt = isLinux ? 4 : 2;
        return available < protocolAt + 2 || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    /** The EtherType that the protocol stands for, {@link EtherType#NONE} for others. */
    public int etherType() {
        return switch (u8(protocolAt)) {
            case 0xD4, 0xF0 -> EtherType.IPV4;
            case 0xD5, 0xF1 -> EtherType.ARP;
            case 0xC4 -> EtherType.IPV6;
            default -> EtherType.NONE;
        };
    }

    public int headerLength() {
        int protocol = u8(protocolAt);
        if (protocol == 0xF0 || protocol == 0xF1) {
            return protocolAt + 1;
        }
        boolean isException = u8(protocolAt + 1) == EXCEPTION;
        return protocolAt + 1 + SPLIT_LENGTH + (isException ? EXCEPTION_LENGTH : 0);
    }
}
