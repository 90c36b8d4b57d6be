package io.seidex.query.filter;

import io.seidex.query.filter.Filter.Literal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What literals mean, as Wireshark reads them. */
final class Literals {
    private static final int MAC_LENGTH = 6;

    private Literals() {}

    /**
     * An integer: decimal, {@code 0x} hexadecimal, {@code 0b} binary, {@code 0} octal. Empty if it is none.
     *
     * @throws FilterException if it is negative, or does not fit in 64 bits
     */
    static OptionalLong integer(Literal literal) throws FilterException {
        String text = literal.text();
        if (isNegative(literal)) {
            throw wrong(literal, "the field has no negative values");
        }
        int at = text.startsWith("+") ? 1 : 0;
        int base = 10;
        if (text.regionMatches(true, at, "0x", 0, 2)) {
            base = 16;
            at += 2;
        } else if (text.regionMatches(true, at, "0b", 0, 2)) {
            base = 2;
            at += 2;
        } else if (text.startsWith("0", at) && text.length() > at + 1) {
            base = 8;
            at++;
        }
        long value = 0;
        boolean overflow = false;
        for (int i = at; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), base) : -1;
            if (digit < 0) {
                return OptionalLong.empty();
            }
            overflow |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, base)) > 0;
            value = value * base + digit;
        }
        if (overflow) {
            throw wrong(literal, "does not fit in 64 bits");
        }
        return at == text.length() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** An integer that may be negative. */
    static OptionalLong signed(Literal literal) throws FilterException {
        boolean negative = isNegative(literal);
        OptionalLong size = negative
                ? integer(new Literal(literal.text().substring(1), false, literal.at(), literal.length()))
                : integer(literal);
        if (size.isPresent() && size.getAsLong() < (negative ? -size.getAsLong() : 0)) {
            throw wrong(literal, "does not fit in 64 bits");
        }
        return negative && size.isPresent() ? OptionalLong.of(-size.getAsLong()) : size;
    }

    private static boolean isNegative(Literal literal) {
        String text = literal.text();
        return text.length() > 1 && text.charAt(0) == '-' && isDigit(text.charAt(1));
    }

    /** 1 or 0; any number but 0 is true. Empty if it is no truth. */
    static OptionalLong truth(Literal literal) throws FilterException {
        OptionalLong number = literal.quoted() ? OptionalLong.empty() : integer(literal);
        if (number.isPresent()) {
            return OptionalLong.of(number.getAsLong() == 0 ? 0 : 1);
        }
        return switch (literal.text().toLowerCase(Locale.ROOT)) {
            case "true" -> OptionalLong.of(1);
            case "false" -> OptionalLong.of(0);
            default -> OptionalLong.empty();
        };
    }

    /** An address, or the range of a network: {@code 10.0.0.0/8}. */
    static OctetSet.Range network(Literal literal, boolean v4) throws FilterException {
        String text = literal.text();
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        Optional<byte[]> address = v4 ? AddressText.ipv4(host) : AddressText.ipv6(host);
        if (address.isEmpty()) {
            throw wrong(literal, "\"" + text + "\" is not an " + (v4 ? "IPv4" : "IPv6") + " address");
        }
        int most = address.get().length * Byte.SIZE;
        int bits = slash < 0 ? most : decimal(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw wrong(literal, "the prefix length must be a number from 0 to " + most);
        }
        byte[] from = address.get();
        byte[] to = from.clone();
        for (int bit = bits; bit < most; bit++) {
            from[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            to[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new OctetSet.Range(from, to);
    }

    /** An address of six octets in hex. */
    static OctetSet.Range mac(Literal literal) throws FilterException {
        Optional<byte[]> octets = hex(literal.text());
        if (octets.isEmpty() || octets.get().length != MAC_LENGTH) {
            throw wrong(literal, "\"" + literal.text() + "\" is not a MAC address, as 02:00:00:00:00:01");
        }
        return point(octets.get());
    }

    /** Octets in hex, or the octets of a text in quotes. */
    static OctetSet.Range octets(Literal literal) throws FilterException {
        Optional<byte[]> octets =
                literal.quoted() ? Optional.of(literal.text().getBytes(StandardCharsets.UTF_8)) : hex(literal.text());
        return point(octets.orElseThrow(() -> wrong(literal, "\"" + literal.text()
                + "\" is not octets in hex, as de:ad:be:ef; a text is written in quotes")));
    }

    static OctetSet.Range text(Literal literal) {
        return point(literal.text().getBytes(StandardCharsets.UTF_8));
    }

    private static OctetSet.Range point(byte[] octets) {
        return new OctetSet.Range(octets, octets);
    }

    /** Octets of one or two digits with {@code : - .} between them, or of two digits with nothing between them. */
    private static Optional<byte[]> hex(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean separated = text.chars().anyMatch(c -> c == ':' || c == '-' || c == '.');
        int at = 0;
        while (at < text.length()) {
            int high = digit(text, at++);
            int low = digit(text, at);
            if (high < 0 || low < 0 && !separated && text.length() > 1) {
                return Optional.empty();
            }
            octets.write(low < 0 ? high : high << 4 | low);
            at += low < 0 ? 0 : 1;
            if (at < text.length() && ":-.".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (low < 0 && at < text.length()) {
                return Optional.empty();
            }
        }
        return octets.size() == 0 ? Optional.empty() : Optional.of(octets.toByteArray());
    }

    private static int digit(String text, int at) {
        return at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
    }

    private static int decimal(String text) {
        int value = text.isEmpty() || text.length() > 3 ? -1 : 0;
        for (int i = 0; i < text.length() && value >= 0; i++) {
            value = isDigit(text.charAt(i)) ? value * 10 + text.charAt(i) - '0' : -1;
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static FilterException wrong(Literal literal, String message) {
        return new FilterException(message, literal.at(), literal.length());
    }
}
