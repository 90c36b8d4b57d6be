package io.seidex.schema;

import io.seidex.octets.Octets;
import io.seidex.schema.IndexField.Display;
import io.seidex.schema.IndexField.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * Writes values as tshark 4.0 prints them with {@code -T fields}, in UTF-8, into a buffer of the caller's. Every method takes
 * the place to write at and answers the place behind what it wrote; the buffer must have room for {@link #MAX_NUMBER} octets,
 * or for {@link #textRoom} for a text. Allocates nothing but for {@link Display#UTC}.
 */
public final class ValueFormat {
    /** The longest of the values that are no text: an endpoint of IPv6 and a SEID. */
    public static final int MAX_NUMBER = 80;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_TIME = "NULL".getBytes(StandardCharsets.US_ASCII);
    /** What an octet that is no ASCII is printed as, U+FFFD. */
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** Values of {@link Display#UTC} from here on lie before 1970. */
    private static final long BEFORE_1970 = 0x8000_0000L - 2_208_988_800L & 0xFFFF_FFFFL;
    private static final int GROUPS = 8;

    private ValueFormat() {}

    /** How many octets a text of {@code length} octets may need. */
    public static int textRoom(int length) {
        return REPLACEMENT.length * length;
    }

    /** Writes a number of a field of {@link Kind#UNSIGNED}, {@link Kind#TIME}, or of one that is printed as its number. */
    public static int number(IndexField field, long value, byte[] target, int at) {
        if (field.kind() == Kind.TIME) {
            return epoch(value, target, at);
        }
        return switch (field.display()) {
            case DECIMAL -> decimal(value, target, at);
            case HEX -> hex(value, 2 * field.octets(), target, at);
            case UTC -> utc(value, target, at);
        };
    }

    /** Writes a value that is handed over as octets of a capture, or as text, of whatever kind. */
    public static int octets(IndexField field, Octets octets, long from, int length, byte[] target, int at) {
        return switch (field.kind()) {
            case IPV4 -> ipv4(octets.u32(from), target, at);
            case IPV6 -> ipv6(octets.i64(from), octets.i64(from + 8), target, at);
            default -> {
                int end = at;
                for (int i = 0; i < length; i++) {
                    end = character(octets.u8(from + i), target, end);
                }
                yield end;
            }
        };
    }

    /** Writes octets as two digits each. */
    public static int hex(byte[] octets, int from, int length, byte[] target, int at) {
        int end = at;
        for (int i = from; i < from + length; i++) {
            target[end++] = HEX[octets[i] >>> 4 & 15];
            target[end++] = HEX[octets[i] & 15];
        }
        return end;
    }

    /** Writes a value that is handed over as text, of whatever kind. */
    public static int text(IndexField field, byte[] text, int length, byte[] target, int at) {
        if (field.kind() == Kind.COMMUNITY_ID) {
            target[at] = '1';
            target[at + 1] = ':';
            return base64(text, length, target, at + 2);
        }
        return text(text, length, target, at);
    }

    /** Writes a text that is UTF-8, or should be. */
    public static int text(byte[] text, int length, byte[] target, int at) {
        int end = at;
        for (int i = 0; i < length; i++) {
            end = character(text[i] & 0xFF, target, end);
        }
        return end;
    }

    /** Writes an endpoint key: the address, a comma, the SEID or TEID in hex. */
    public static int endpoint(IndexField field, long high, long low, long id, byte[] target, int at) {
        boolean isIpv4 = high == 0 && low >>> 32 == 0xFFFF;
        int end = isIpv4 ? ipv4(low & 0xFFFF_FFFFL, target, at) : ipv6(high, low, target, at);
        target[end] = ',';
        return hex(id, field.kind() == Kind.SEID_ENDPOINT ? 16 : 8, target, end + 1);
    }

    /** Writes a number as an unsigned decimal. */
    public static int decimal(long value, byte[] target, int at) {
        int digits = 1;
        for (long rest = value; Long.compareUnsigned(rest, 9) > 0; rest = Long.divideUnsigned(rest, 10)) {
            digits++;
        }
        long rest = value;
        for (int i = at + digits; i-- > at; rest = Long.divideUnsigned(rest, 10)) {
            target[i] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
        }
        return at + digits;
    }

    /** Writes {@code 0x} and the low {@code digits} digits. */
    public static int hex(long value, int digits, byte[] target, int at) {
        target[at] = '0';
        target[at + 1] = 'x';
        return hexDigits(value, digits, target, at + 2);
    }

    /** Writes nanoseconds since 1970 as seconds with nine decimals. */
    public static int epoch(long nanos, byte[] target, int at) {
        int end = at;
        long size = nanos;
        if (nanos < 0) {
            target[end++] = '-';
            size = -nanos;
        }
        end = decimal(Long.divideUnsigned(size, NANOS_PER_SECOND), target, end);
        target[end++] = '.';
        long fraction = Long.remainderUnsigned(size, NANOS_PER_SECOND);
        for (int i = end + 9; i-- > end; fraction /= 10) {
            target[i] = (byte) ('0' + fraction % 10);
        }
        return end + 9;
    }

    /** Writes an IPv4 address. */
    public static int ipv4(long address, byte[] target, int at) {
        int end = at;
        for (int shift = 24; shift >= 0; shift -= 8) {
            end = decimal(address >>> shift & 0xFF, target, end);
            if (shift > 0) {
                target[end++] = '.';
            }
        }
        return end;
    }

    /**
     * Writes an IPv6 address: the longest run of at least two zero groups, of equal ones the first, is left out; addresses
     * that hold an IPv4 address (::a.b.c.d, ::ffff:a.b.c.d) show it.
     */
    public static int ipv6(long high, long low, byte[] target, int at) {
        int bestAt = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS;) {
            int run = i;
            while (run < GROUPS && group(high, low, run) == 0) {
                run++;
            }
            if (run - i > bestLength) {
                bestAt = i;
                bestLength = run - i;
            }
            i = Math.max(run, i + 1);
        }
        boolean holdsIpv4 = bestAt == 0 && (bestLength == 6 || bestLength == 5 && group(high, low, 5) == 0xFFFF);
        int end = at;
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestAt) {
                target[end++] = ':';
                target[end++] = ':';
                i += bestLength - 1;
                continue;
            }
            if (i > 0 && target[end - 1] != ':') {
                target[end++] = ':';
            }
            if (i == 6 && holdsIpv4) {
                return ipv4(low & 0xFFFF_FFFFL, target, end);
            }
            int group = group(high, low, i);
            end = hexDigits(group, group > 0xFFF ? 4 : group > 0xFF ? 3 : group > 0xF ? 2 : 1, target, end);
        }
        return end;
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> 48 - 16 * (index & 3)) & 0xFFFF;
    }

    private static int hexDigits(long value, int digits, byte[] target, int at) {
        long rest = value;
        for (int i = at + digits; i-- > at; rest >>>= 4) {
            target[i] = HEX[(int) rest & 0xF];
        }
        return at + digits;
    }

    /** Control characters that tshark escapes by a letter; octets that are no ASCII, whatever they would be in UTF-8. */
    private static int character(int octet, byte[] target, int at) {
        byte letter = switch (octet) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
        if (letter != 0) {
            target[at] = '\\';
            target[at + 1] = letter;
            return at + 2;
        }
        if (octet < 0x80) {
            target[at] = (byte) octet;
            return at + 1;
        }
        System.arraycopy(REPLACEMENT, 0, target, at, REPLACEMENT.length);
        return at + REPLACEMENT.length;
    }

    private static int base64(byte[] octets, int length, byte[] target, int at) {
        int end = at;
        for (int i = 0; i < length; i += 3) {
            int left = length - i;
            int bits = (octets[i] & 0xFF) << 16
                    | (left > 1 ? (octets[i + 1] & 0xFF) << 8 : 0)
                    | (left > 2 ? octets[i + 2] & 0xFF : 0);
            target[end++] = BASE64[bits >>> 18];
            target[end++] = BASE64[bits >>> 12 & 0x3F];
            target[end++] = left > 1 ? BASE64[bits >>> 6 & 0x3F] : (byte) '=';
            target[end++] = left > 2 ? BASE64[bits & 0x3F] : (byte) '=';
        }
        return end;
    }

    /** Writes seconds since 1970, modulo 2 to the 32nd, as a date and time in UTC. */
    public static int utc(long seconds, byte[] target, int at) {
        if (seconds == 0) {
            System.arraycopy(NO_TIME, 0, target, at, NO_TIME.length);
            return at + NO_TIME.length;
        }
        long since1970 = seconds < BEFORE_1970 ? seconds : seconds - (1L << 32);
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(since1970), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(MAX_NUMBER);
        text.append(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ROOT));
        text.append(time.getDayOfMonth() < 10 ? "  " : " ").append(time.getDayOfMonth());
        text.append(", ").append(time.getYear()).append(' ');
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        two(text, time.getSecond()).append(".000000000 UTC");
        byte[] octets = text.toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octets, 0, target, at, octets.length);
        return at + octets.length;
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
