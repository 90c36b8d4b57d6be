package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * TCP header, RFC 9293 3.1.
 * <pre>
 *  octets   0-1   source port
 *           2-3   destination port
 *           4-7   sequence number, of the first octet that it carries; with SYN, of the one before it
 *           8-11  acknowledgment number
 *          12     its own length in words of 4 octets (4 bits), reserved
 *          13     CWR, ECE, URG, ACK, PSH, RST, SYN, FIN
 *          14-15  window
 *          16-17  checksum
 *          18-19  urgent pointer
 *          20-    options
 * </pre>
 */
public final class TcpHeader extends Flyweight {
    public static final int LENGTH = 20;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int PSH = 0x08;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        return headerLength() < LENGTH ? Fault.LENGTH_IMPOSSIBLE
                : headerLength() > available ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    /** As 32 bits: it counts modulo 2 to the 32nd. */
    public int sequence() {
        return (int) u32(4);
    }

    /** With options. */
    public int headerLength() {
        return u8(12) >>> 4 << 2;
    }

    public boolean isFin() {
        return (u8(13) & FIN) != 0;
    }

    public boolean isSyn() {
        return (u8(13) & SYN) != 0;
    }

    public boolean isRst() {
        return (u8(13) & RST) != 0;
    }

    public boolean isPsh() {
        return (u8(13) & PSH) != 0;
    }
}
