package io.seidex.decode;

import io.seidex.octets.Octets;

/**
 * The values of which most signalling has one or more, read by hand: an octet of flags, an identifier, addresses. A window that
 * is moved, not created. The dictionary says the same of them; tests hold the one against the other.
 *
 * <pre>
 *  octets   F-TEID of PFCP     F-SEID             UE IP Address      F-TEID of GTPv2-C
 *           TS 29.244 8.2.3    TS 29.244 8.2.37   TS 29.244 8.2.62   TS 29.274 8.22
 *    1      b1 V4, b2 V6,      b1 V6, b2 V4       b1 V6, b2 V4       b8 V4, b7 V6,
 *           b3 CH, b4 CHID                        b4 IPV6D, b7 IP6PL b6-1 interface type
 *   next    TEID, 4            SEID, 8            -                  TEID or GRE key, 4
 *   next 4  IPv4 address, if V4
 *   next 16 IPv6 address, if V6
 * </pre>
 * With CH, an F-TEID has neither TEID nor addresses, but with CHID too one octet. UE IP Address has an octet behind the
 * addresses for each of IPV6D and IP6PL. That these are there is seen to; they are not read here.
 */
public final class FlaggedAddresses {
    /** Which element it is. */
    public enum Kind {
        PFCP_F_TEID(0x01, 0x02, 0x04, 4, 0x08),
        PFCP_F_SEID(0x02, 0x01, 0, 8, 0),
        PFCP_UE_ADDRESS(0x02, 0x01, 0, 0, 0x48),
        GTPV2_F_TEID(0x80, 0x40, 0, 4, 0);

        private final int addresses;
        private final int idLength;
        private final int behind;
        /** By first octet: offsets of the identifier, the IPv4 address, the IPv6 address, and the end; 0 of what is absent. */
        private final int[] offsets = new int[256];

        /** @param behind flags of an octet behind the addresses each, or in the place of these */
        Kind(int ipv4, int ipv6, int choose, int idLength, int behind) {
            this.addresses = ipv4 | ipv6;
            this.idLength = idLength;
            this.behind = choose == 0 ? behind : 0;
            for (int flags = 0; flags < offsets.length; flags++) {
                boolean isPresent = (flags & choose) == 0;
                int end = 1;
                int id = isPresent && idLength > 0 ? end : 0;
                end += id == 0 ? 0 : idLength;
                int ipv4At = isPresent && (flags & ipv4) != 0 ? end : 0;
                end += ipv4At == 0 ? 0 : IPV4_LENGTH;
                int ipv6At = isPresent && (flags & ipv6) != 0 ? end : 0;
                end += ipv6At == 0 ? 0 : IPV6_LENGTH;
                end += choose == 0 || !isPresent ? Integer.bitCount(flags & behind) : 0;
                offsets[flags] = id << ID | ipv4At << IPV4 | ipv6At << IPV6 | end;
            }
        }
    }

    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    // Where the offsets stand in an integer.
    private static final int IPV6 = 8;
    private static final int IPV4 = 16;
    private static final int ID = 24;

    private Kind kind = Kind.PFCP_F_TEID;
    private Octets octets = Octets.EMPTY;
    private long at;
    private int flags;
    private int offsets;

    /** Whether the value holds all that its flags announce; if not, no other method may be called. */
    public boolean wrap(Kind kind, Octets octets, long at, int length) {
        if (length == 0) {
            return false;
        }
        this.kind = kind;
        this.octets = octets;
        this.at = at;
        flags = octets.u8(at);
        offsets = kind.offsets[flags];
        return length >= (offsets & 0xFF);
    }

    /** The first octet without the flags of the addresses: of an F-TEID of GTPv2-C, the interface type. */
    public int rest() {
        return flags & ~kind.addresses;
    }

    /** Whether there is more behind the addresses. */
    public boolean goesOn() {
        return (flags & kind.behind) != 0;
    }

    public boolean hasId() {
        return offsets >>> ID != 0;
    }

    /** The TEID, SEID or GRE key; meaningful only if {@link #hasId()}. */
    public long id() {
        return kind.idLength == Long.BYTES ? octets.i64(at + 1) : octets.u32(at + 1);
    }

    public boolean hasIpv4() {
        return (offsets >>> IPV4 & 0xFF) != 0;
    }

    public long ipv4At() {
        return at + (offsets >>> IPV4 & 0xFF);
    }

    public boolean hasIpv6() {
        return (offsets >>> IPV6 & 0xFF) != 0;
    }

    public long ipv6At() {
        return at + (offsets >>> IPV6 & 0xFF);
    }
}
