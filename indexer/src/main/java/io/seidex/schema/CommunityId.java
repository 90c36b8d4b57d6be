package io.seidex.schema;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Community ID of a flow, version 1, seed 0: SHA-1 over
 * <pre>
 *  octets  0-1   seed
 *           -    the smaller address, the larger address
 *           -    protocol, 0
 *           -    the smaller end's port, the other's; only of protocols with ports
 * </pre>
 * of which the text form is {@code 1:} and base64. Of two equal addresses the smaller port decides. For ICMP and ICMPv6 the
 * type stands for one port, and the type of the answer for the other; of messages that are not answered, the code, and then
 * the order of the ends is kept.
 *
 * <p>Most packets belong to a flow of a moment ago: results stay in a table of fixed size, two to a place, so most packets
 * pay a look into it. One instance for each thread.
 */
public final class CommunityId {
    public static final int LENGTH = 20;
    /** In place of ports: the protocol has none. */
    static final int NO_PORTS = -1;

    /** Flows that have a place in the table in common. */
    private static final int WAYS = 2;
    private static final int SLOTS = WAYS * 4096;
    private static final int WORDS = 5;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    static final int NOT_ANSWERED = -1;

    // Bits of the word that says protocol and ports.
    private static final int OVER_IPV4 = 1;
    private static final int ONE_WAY = 2;
    private static final int WITHOUT_PORTS = 4;

    private final long[] keys = new long[SLOTS * WORDS];
    private final byte[][] ids = new byte[SLOTS][];
    private final byte[] input = new byte[2 + 32 + 2 + 4];
    private final MessageDigest sha1;

    public CommunityId() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The type of the message that answers an ICMP type, or that it answers; negative if there is none. */
    static int answer(int protocol, int type) {
        if (protocol == ICMP) {
            return switch (type) {
                case 0 -> 8;
                case 8 -> 0;
                case 9 -> 10;
                case 10 -> 9;
                case 13 -> 14;
                case 14 -> 13;
                case 15 -> 16;
                case 16 -> 15;
                case 17 -> 18;
                case 18 -> 17;
                default -> NOT_ANSWERED;
            };
        }
        return switch (type) {
            case 128 -> 129;
            case 129 -> 128;
            case 130 -> 131;
            case 131 -> 130;
            case 133 -> 134;
            case 134 -> 133;
            case 135 -> 136;
            case 136 -> 135;
            case 139 -> 140;
            case 140 -> 139;
            case 144 -> 145;
            case 145 -> 144;
            default -> NOT_ANSWERED;
        };
    }

    /**
     * Protocol and ports as one word. For ICMP, types stand for ports.
     *
     * @param sourcePort {@link #NO_PORTS} if the protocol has none
     * @param oneWay whether the order of the ends is kept
     */
    static long rest(int addressLength, int protocol, int sourcePort, int destinationPort, boolean oneWay) {
        return (sourcePort & 0xFFFFL) << 32
                | (destinationPort & 0xFFFFL) << 16
                | (long) protocol << 8
                | (sourcePort < 0 ? WITHOUT_PORTS : 0)
                | (oneWay ? ONE_WAY : 0)
                | (addressLength == 4 ? OVER_IPV4 : 0)
                // An empty slot is all zero.
                | 8;
    }

    /** Whether a flow is one over IPv4, by {@link Flow#rest()}. */
    public static boolean isIpv4(long rest) {
        return (rest & OVER_IPV4) != 0;
    }

    /**
     * The ID of a flow, {@link #LENGTH} octets; the array stays this object's and is valid until the next call.
     *
     * @param rest as {@link Flow#rest()} says it
     */
    public byte[] of(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long rest) {
        long mixed = sourceHigh * 31 + sourceLow;
        mixed = mixed * 0x9E3779B97F4A7C15L + destinationHigh;
        mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L + destinationLow;
        mixed = (mixed ^ mixed >>> 32) * 0x94D049BB133111EBL + rest;
        int slot = WAYS * (int) (mixed * 0x9E3779B97F4A7C15L >>> 52);
        for (int i = slot; i < slot + WAYS; i++) {
            int word = i * WORDS;
            if (keys[word + 4] == rest
                    && keys[word + 1] == sourceLow
                    && keys[word + 3] == destinationLow
                    && keys[word] == sourceHigh
                    && keys[word + 2] == destinationHigh) {
                return ids[i];
            }
        }
        int word = slot * WORDS;
        older(slot);
        keys[word] = sourceHigh;
        keys[word + 1] = sourceLow;
        keys[word + 2] = destinationHigh;
        keys[word + 3] = destinationLow;
        keys[word + 4] = rest;
        int sourcePort = (int) (rest >>> 32) & 0xFFFF;
        int destinationPort = (int) (rest >>> 16) & 0xFFFF;
        int order = Long.compareUnsigned(sourceHigh, destinationHigh);
        order = order != 0 ? order : Long.compareUnsigned(sourceLow, destinationLow);
        order = order != 0 ? order : Integer.compare(sourcePort, destinationPort);
        boolean keep = (rest & ONE_WAY) != 0 || order <= 0;
        int addressLength = isIpv4(rest) ? 4 : 16;
        input[0] = 0;
        input[1] = 0;
        address(2, addressLength, keep ? sourceHigh : destinationHigh, keep ? sourceLow : destinationLow);
        int end = 2 + addressLength;
        address(end, addressLength, keep ? destinationHigh : sourceHigh, keep ? destinationLow : sourceLow);
        end += addressLength;
        input[end++] = (byte) (rest >>> 8);
        input[end++] = 0;
        if ((rest & WITHOUT_PORTS) == 0) {
            int first = keep ? sourcePort : destinationPort;
            int second = keep ? destinationPort : sourcePort;
            input[end++] = (byte) (first >>> 8);
            input[end++] = (byte) first;
            input[end++] = (byte) (second >>> 8);
            input[end++] = (byte) second;
        }
        return digest(slot, end);
    }

    /** The newer of a slot's two becomes the older; the oldest is gone. */
    private void older(int slot) {
        System.arraycopy(keys, slot * WORDS, keys, (slot + 1) * WORDS, WORDS);
        byte[] gone = ids[slot + 1];
        ids[slot + 1] = ids[slot];
        ids[slot] = gone;
    }

    private void address(int at, int length, long high, long low) {
        long word = low;
        for (int i = at + length - 1; i >= at; i--) {
            input[i] = (byte) word;
            word = i == at + length - 8 ? high : word >>> 8;
        }
    }

    private byte[] digest(int slot, int length) {
        if (ids[slot] == null) {
            ids[slot] = new byte[LENGTH];
        }
        try {
            sha1.update(input, 0, length);
            sha1.digest(ids[slot], 0, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("a digest of SHA-1 has 20 octets", e);
        }
        return ids[slot];
    }
}
