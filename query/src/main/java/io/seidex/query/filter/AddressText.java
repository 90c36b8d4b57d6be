package io.seidex.query.filter;

import java.util.Arrays;
import java.util.Optional;

/** Addresses as text, IPv4 in four decimal numbers, IPv6 as RFC 4291 2.2 has it. Never asks a name server. */
public final class AddressText {
    private AddressText() {}

    /** The four octets of an IPv4 address. */
    public static Optional<byte[]> ipv4(String text) {
        byte[] octets = new byte[4];
        return ipv4(text, octets, 0) ? Optional.of(octets) : Optional.empty();
    }

    /** The sixteen octets of an IPv6 address. */
    public static Optional<byte[]> ipv6(String text) {
        byte[] octets = new byte[16];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = text.indexOf(':', at);
            String group = text.substring(at, end < 0 ? text.length() : end);
            if (end < 0 && group.indexOf('.') >= 0) {
                if (count > 12 || !ipv4(group, octets, count)) {
                    return Optional.empty();
                }
                count += 4;
                break;
            }
            int value = count > 14 || group.isEmpty() || group.length() > 4 ? -1 : hex(group);
            if (value < 0) {
                return Optional.empty();
            }
            octets[count++] = (byte) (value >>> 8);
            octets[count++] = (byte) value;
            if (end < 0) {
                break;
            }
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return Optional.empty();
                }
                gap = count;
                at++;
            } else if (at == text.length()) {
                return Optional.empty();
            }
        }
        if (gap < 0 ? count != 16 : count > 14) {
            return Optional.empty();
        }
        if (gap >= 0) {
            System.arraycopy(octets, gap, octets, 16 - count + gap, count - gap);
            Arrays.fill(octets, gap, 16 - count + gap, (byte) 0);
        }
        return Optional.of(octets);
    }

    private static boolean ipv4(String text, byte[] octets, int offset) {
        int value = -1;
        int digits = 0;
        int count = 0;
        for (int at = 0; at <= text.length(); at++) {
            char c = at == text.length() ? '.' : text.charAt(at);
            if (c == '.') {
                if (value < 0 || count == 4) {
                    return false;
                }
                octets[offset + count++] = (byte) value;
                value = -1;
                digits = 0;
            } else {
                value = c < '0' || c > '9' ? -1 : Math.max(0, value) * 10 + c - '0';
                if (value < 0 || value > 255 || ++digits > 3) {
                    return false;
                }
            }
        }
        return count == 4;
    }

    private static int hex(String group) {
        int value = 0;
        for (int i = 0; i < group.length(); i++) {
            int digit = group.charAt(i) < 128 ? Character.digit(group.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
