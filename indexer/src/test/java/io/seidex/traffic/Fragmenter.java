package io.seidex.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the IP datagram of a frame into fragments, as a router would (RFC 791 3.2) or a host (RFC 8200 4.5). */
public final class Fragmenter {
    private static final int IPV6_HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;
    private static final int FRAGMENT = 44;
    private static final int UDP_HEADER = 8;
    private static final int GTP_HEADER = 8;
    private static final int MORE = 0x2000;

    private Fragmenter() {}

    /**
     * @param frame a frame whose IP datagram is its rest
     * @param headerAt where the IP header is; of IPv6 without extension headers
     * @param most octets of a fragment behind its headers, a multiple of 8
     */
    public static List<byte[]> cut(byte[] frame, int headerAt, int most, int identification) {
        boolean six = frame[headerAt] >>> 4 == 6;
        int header = six ? IPV6_HEADER : (frame[headerAt] & 0xF) << 2;
        int payloadAt = headerAt + header;
        int headers = six ? payloadAt + FRAGMENT_HEADER : payloadAt;
        List<byte[]> fragments = new ArrayList<>();
        for (int from = payloadAt; from < frame.length; from += most) {
            int length = Math.min(most, frame.length - from);
            boolean more = from + length < frame.length;
            byte[] fragment = Arrays.copyOf(frame, headers + length);
            System.arraycopy(frame, from, fragment, headers, length);
            if (six) {
                u16(fragment, headerAt + 4, FRAGMENT_HEADER + length);
                fragment[headerAt + 6] = FRAGMENT;
                Arrays.fill(fragment, payloadAt, headers, (byte) 0);
                fragment[payloadAt] = frame[headerAt + 6];
                u16(fragment, payloadAt + 2, from - payloadAt | (more ? 1 : 0));
                u16(fragment, payloadAt + 4, identification >>> 16);
                u16(fragment, payloadAt + 6, identification);
            } else {
                u16(fragment, headerAt + 2, header + length);
                u16(fragment, headerAt + 4, identification);
                u16(fragment, headerAt + 6, (from - payloadAt >> 3) | (more ? MORE : 0));
                u16(fragment, headerAt + 10, 0);
                u16(fragment, headerAt + 10, checksum(fragment, headerAt, header));
            }
            fragments.add(fragment);
        }
        return fragments;
    }

    /**
     * As {@link #cut}, of a datagram in a tunnel of GTP: each fragment travels in a datagram of the tunnel of its own.
     *
     * @param outerAt where the IP header of the tunnel is; of IPv6 without extension headers
     * @param gtpAt where the header of GTP is, behind UDP
     */
    public static List<byte[]> cutInTunnel(
            byte[] frame, int outerAt, int gtpAt, int headerAt, int most, int identification) {
        List<byte[]> fragments = cut(frame, headerAt, most, identification);
        int udpAt = gtpAt - UDP_HEADER;
        for (byte[] fragment : fragments) {
            u16(fragment, gtpAt + 2, fragment.length - gtpAt - GTP_HEADER);
            u16(fragment, udpAt + 4, fragment.length - udpAt);
            if (fragment[outerAt] >>> 4 == 6) {
                u16(fragment, outerAt + 4, fragment.length - outerAt - IPV6_HEADER);
                u16(fragment, udpAt + 6, 0);
                int sum = udpChecksum(fragment, outerAt + 8, udpAt);
                u16(fragment, udpAt + 6, sum == 0 ? 0xFFFF : sum);
            } else {
                u16(fragment, outerAt + 2, fragment.length - outerAt);
                u16(fragment, outerAt + 10, 0);
                u16(fragment, outerAt + 10, checksum(fragment, outerAt, udpAt - outerAt));
                // None: IPv4 allows it.
                u16(fragment, udpAt + 6, 0);
            }
        }
        return fragments;
    }

    /** Over the addresses, which stand before the header of UDP, the length, the protocol, and all that follows. */
    private static int udpChecksum(byte[] frame, int addressesAt, int udpAt) {
        long sum = 17L + frame.length - udpAt;
        for (int i = addressesAt; i < frame.length; i++) {
            int octet = frame[i] & 0xFF;
            sum += (i - addressesAt & 1) == 0 ? octet << 8 : octet;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) ~sum & 0xFFFF;
    }

    private static int checksum(byte[] octets, int at, int length) {
        int sum = 0;
        for (int i = at; i < at + length; i += 2) {
            sum += (octets[i] & 0xFF) << 8 | octets[i + 1] & 0xFF;
        }
        return ~((sum & 0xFFFF) + (sum >>> 16));
    }

    private static void u16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }
}
