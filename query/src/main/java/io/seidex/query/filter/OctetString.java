package io.seidex.query.filter;

import java.util.Arrays;
import java.util.HexFormat;

/** Octets that are looked for in others. */
public final class OctetString {
    private final byte[] octets;

    public OctetString(byte[] octets) {
        this.octets = octets.clone();
    }

    /** What is looked for, not to be changed. */
    byte[] octets() {
        return octets;
    }

    /** Whether it stands in a row anywhere in the {@code length} octets of {@code in} from {@code at} on. */
    public boolean isIn(byte[] in, int at, int length) {
        int last = at + length - octets.length;
        for (int from = at; from <= last; from++) {
            if (in[from] == octets[0] && Arrays.equals(in, from, from + octets.length, octets, 0, octets.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OctetString string && Arrays.equals(octets, string.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
