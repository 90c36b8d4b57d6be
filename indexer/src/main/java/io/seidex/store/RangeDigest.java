package io.seidex.store;

import io.seidex.octets.Octets;
import java.util.HexFormat;

/**
 * The digest of a range of a capture, taken piece by piece while the range is read, so that the octets are still in the
 * processor's cache.
 *
 * <p>Each piece of {@link #PIECE} octets, counted from the range's first, has its XXH3 hash of 128 bits; the digest is
 * {@code high = mix(high + h0), low = mix((low ^ h1) + high)} over the hashes {@code (h0, h1)} of all pieces in order,
 * from {@code (0, 0)} on, with {@code mix} the finaliser of SplitMix64. It tells contents apart; it is no proof against
 * somebody who forges them.
 */
public final class RangeDigest {
    /** Octets of a piece; part of the format. */
    static final int PIECE = 1 << 18;

    private Octets octets;
    private long at;
    private long high;
    private long low;

    /** Begins a range. */
    public void begin(Octets octets, long from) {
        this.octets = octets;
        this.at = from;
        this.high = 0;
        this.low = 0;
    }

    /** Where {@link #advance} has something to do again. */
    public long due() {
        return at + PIECE;
    }

    /** Takes in all whole pieces that end at {@code to} or before. */
    public void advance(long to) {
        while (at + PIECE <= to) {
            piece(PIECE);
        }
    }

    /** Takes in the rest up to {@code to}, the range's end, and says the digest: 32 hexadecimal digits. */
    public String finish(long to) {
        advance(to);
        if (to > at) {
            piece(to - at);
        }
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    /** The digest of a range that is there as a whole. */
    public static String of(Octets octets, long from, long to) {
        RangeDigest digest = new RangeDigest();
        digest.begin(octets, from);
        return digest.finish(to);
    }

    static String of(byte[] content) {
        try (Octets octets = Octets.of(content)) {
            return of(octets, 0, content.length);
        }
    }

    private void piece(long length) {
        long[] hash = octets.digest(at, length);
        high = mix(high + hash[0]);
        low = mix((low ^ hash[1]) + high);
        at += length;
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
