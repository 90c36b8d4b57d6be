package io.seidex.query.filter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Times as people write them in filters and options.
 * <pre>
 *  epoch     seconds [ "." up to nine digits ]
 *  absolute  date [ ("T" | blank) hour [ ":" minute [ ":" second [ "." up to nine digits ] ] ] ] [ zone ]
 *  date      YYYY-MM-DD, or as tshark prints it: Jan 2, 2026 10:00:00
 *  zone      Z | UTC | +hh:mm | +hhmm | +hh
 * </pre>
 * A time without a zone is in the machine's zone. Times are nanoseconds since 1970-01-01 UTC; one that does not fit is refused.
 */
public final class TimeText {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final long NANOS = 1_000_000_000L;

    private final String text;
    private int at;

    private TimeText(String text) {
        this.text = text;
    }

    /** Nanoseconds of seconds since 1970; empty if the text is no such number. */
    public static OptionalLong epoch(String text) {
        TimeText reader = new TimeText(text);
        boolean negative = reader.accept('-');
        long seconds = reader.number(1, 12);
        long nanos = reader.fraction();
        if (seconds < 0 || nanos < 0 || !reader.ended()) {
            return OptionalLong.empty();
        }
        return negative ? nanos(-seconds, -nanos) : nanos(seconds, nanos);
    }

    /** Nanoseconds of a date and time; {@code zone} where the text names none. Empty if the text is no time. */
    public static OptionalLong absolute(String text, ZoneId zone) {
        try {
            return new TimeText(text.strip()).absolute(zone);
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong absolute(ZoneId machine) {
        boolean asPrinted = !text.isEmpty() && Character.isLetter(text.charAt(0));
        Optional<LocalDate> date = asPrinted ? printedDate() : date();
        if (date.isEmpty()) {
            return OptionalLong.empty();
        }
        long[] time = new long[4];
        boolean hasTime = date.isPresent() && at + 1 < text.length() && isDigit(text.charAt(at + 1))
                && (accept('T') || accept(' '));
        if (hasTime && !time(time) || asPrinted && !hasTime) {
            return OptionalLong.empty();
        }
        Optional<ZoneId> zone = zone(machine);
        // A leap second, 60, is the second after it.
        if (zone.isEmpty() || !ended() || time[0] > 23 || time[1] > 59 || time[2] > 60) {
            return OptionalLong.empty();
        }
        ZonedDateTime start = date.get().atTime((int) time[0], (int) time[1]).atZone(zone.get());
        return nanos(start.toEpochSecond() + time[2], time[3]);
    }

    private Optional<LocalDate> date() {
        long year = number(4, 4);
        long month = accept('-') ? number(1, 2) : -1;
        long day = accept('-') ? number(1, 2) : -1;
        return day < 0 || month < 0 || year < 0 ? Optional.empty()
                : Optional.of(LocalDate.of((int) year, (int) month, (int) day));
    }

    private Optional<LocalDate> printedDate() {
        int month = text.length() < 3 ? -1 : MONTHS.indexOf(text.substring(0, 3));
        at = 3;
        skipBlanks();
        long day = number(1, 2);
        boolean comma = accept(',');
        skipBlanks();
        long year = number(4, 4);
        return month < 0 || month % 3 != 0 || day < 0 || !comma || year < 0 ? Optional.empty()
                : Optional.of(LocalDate.of((int) year, month / 3 + 1, (int) day));
    }

    /** Hour, minute, second, nanosecond; false if what is there is no time. */
    private boolean time(long[] time) {
        time[0] = number(1, 2);
        if (accept(':')) {
            time[1] = number(1, 2);
            if (accept(':')) {
                time[2] = number(1, 2);
                time[3] = fraction();
            }
        }
        return time[0] >= 0 && time[1] >= 0 && time[2] >= 0 && time[3] >= 0;
    }

    private Optional<ZoneId> zone(ZoneId machine) {
        if (ended()) {
            return Optional.of(machine);
        }
        skipBlanks();
        if (accept('Z') || text.startsWith("UTC", at) && (at += 3) > 0) {
            return Optional.of(ZoneOffset.UTC);
        }
        int sign = accept('-') ? -1 : accept('+') ? 1 : 0;
        long hours = number(2, 2);
        long minutes = ended() ? 0 : accept(':') || !ended() ? number(2, 2) : -1;
        return sign == 0 || hours < 0 || minutes < 0 ? Optional.empty()
                : Optional.of(ZoneOffset.ofHoursMinutes(sign * (int) hours, sign * (int) minutes));
    }

    /** A decimal number of so many digits, or -1. */
    private long number(int least, int most) {
        int from = at;
        long value = 0;
        while (at < text.length() && isDigit(text.charAt(at)) && at - from < most) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        return at - from < least ? -1 : value;
    }

    /** A point and up to nine digits, as nanoseconds: 0 if there is no point, -1 if it is wrong. */
    private long fraction() {
        if (!accept('.')) {
            return 0;
        }
        int from = at;
        long value = number(1, 9);
        for (int digits = at - from; digits < 9 && value > 0; digits++) {
            value *= 10;
        }
        return value;
    }

    private static OptionalLong nanos(long seconds, long nanos) {
        long most = Long.MAX_VALUE / NANOS - 1;
        return Math.abs(seconds) > most ? OptionalLong.empty() : OptionalLong.of(seconds * NANOS + nanos);
    }

    private boolean accept(char c) {
        if (ended() || text.charAt(at) != c) {
            return false;
        }
        at++;
        return true;
    }

    private void skipBlanks() {
        while (accept(' ')) {
            // The next one.
        }
    }

    private boolean ended() {
        return at == text.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
