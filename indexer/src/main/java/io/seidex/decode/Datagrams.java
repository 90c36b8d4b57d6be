package io.seidex.decode;

import java.util.Arrays;

/**
 * Which fragments of a packet have been replaced by their datagrams: the headers are those of the fragment, and what follows
 * them is the whole datagram, up to the end of the packet. Where the datagram of a tunnel was divided and the one in it
 * again, there are two.
 */
public final class Datagrams {
    /** What {@link #protocol} answers of a fragment that is one. */
    public static final int DIVIDED = -1;

    static final Datagrams NONE = new Datagrams();

    private int count;
    private long[] headerAt = new long[4];
    private int[] protocol = new int[4];

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    /**
     * Names one.
     *
     * @param headerAt where the header is that says that it is divided: of IPv4, the IP header, of IPv6, the fragment header
     * @param carried the protocol number of what it carries
     */
    public void add(long headerAt, int carried) {
        if (count == protocol.length) {
            this.headerAt = Arrays.copyOf(this.headerAt, 2 * count);
            protocol = Arrays.copyOf(protocol, 2 * count);
        }
        this.headerAt[count] = headerAt;
        protocol[count++] = carried;
    }

    int protocol(long at) {
        for (int i = 0; i < count; i++) {
            if (headerAt[i] == at) {
                return protocol[i];
            }
        }
        return DIVIDED;
    }
}
