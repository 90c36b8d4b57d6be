package io.seidex.traffic;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Octets as tests write them. */
public final class Bytes {
    private Bytes() {}

    /** Octets in hex; white space is free. */
    public static byte[] hex(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return HexFormat.of().parseHex(digits);
    }

    /** Octets as hex digits. */
    public static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    /** One after another. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The 4 or 16 octets of an address that is written in digits. */
    public static byte[] address(String digits) {
        if (digits.isEmpty() || !(digits.indexOf(':') >= 0 || Character.isDigit(digits.charAt(0)))) {
            throw new IllegalArgumentException("not an address: " + digits);
        }
        try {
            return InetAddress.getByName(digits).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + digits, e);
        }
    }

    /** Digits as TBCD: the first digit in the lower half, 0xF where there is none. */
    public static byte[] tbcd(String digits) {
        byte[] octets = new byte[digits.length() + 1 >>> 1];
        for (int i = 0; i < octets.length; i++) {
            int low = digits.charAt(2 * i) - '0';
            int high = 2 * i + 1 < digits.length() ? digits.charAt(2 * i + 1) - '0' : 0xF;
            octets[i] = (byte) (high << 4 | low);
        }
        return octets;
    }

    /** A name as length-prefixed labels, as in an APN. */
    public static byte[] labels(String name) {
        byte[] octets = new byte[name.length() + 1];
        int length = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            if (name.charAt(i) == '.') {
                octets[i + 1] = (byte) length;
                length = 0;
            } else {
                octets[i + 1] = (byte) name.charAt(i);
                length++;
            }
        }
        octets[0] = (byte) length;
        return octets;
    }
}
