package io.seidex.query.output;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.TimeZone;

/** Prints times. Keeps what the zone said of the quarter of an hour that it was asked for last. */
final class TimePrinter {
    private static final byte[] MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS = 1_000_000_000L;
    private static final long QUARTER = 900;
    private static final long DAY = 86_400;

    private final ZoneId zone;
    private long knownQuarter = Long.MIN_VALUE;
    private int knownOffset;

    TimePrinter(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code 2020-06-11 08:17:39.892699983}, in the zone. */
    void sortable(long nanos, TextBuffer into) {
        long seconds = Math.floorDiv(nanos, NANOS);
        long local = seconds + offset(seconds);
        long date = date(Math.floorDiv(local, DAY));
        into.putPadded(date / 10_000, 4).put('-').putPadded(date / 100 % 100, 2).put('-').putPadded(date % 100, 2)
                .put(' ');
        clock(Math.floorMod(local, DAY), Math.floorMod(nanos, NANOS), into);
    }

    /** {@code Jun 11, 2020 08:17:39.892699983 CEST}, in the zone, as tshark prints it. */
    void printed(long nanos, TextBuffer into) {
        long seconds = Math.floorDiv(nanos, NANOS);
        printed(seconds, Math.floorMod(nanos, NANOS), offset(seconds), into);
        into.put(' ').put(zoneName(seconds));
    }

    private static void printed(long seconds, long nanos, int offset, TextBuffer into) {
        long local = seconds + offset;
        long date = date(Math.floorDiv(local, DAY));
        int month = (int) (date / 100 % 100);
        int day = (int) (date % 100);
        into.put(MONTHS, 3 * (month - 1), 3).put(' ');
        if (day < 10) {
            into.put(' ');
        }
        into.putUnsigned(day).put(',').put(' ').putUnsigned(date / 10_000).put(' ');
        clock(Math.floorMod(local, DAY), nanos, into);
    }

    private static void clock(long second, long nanos, TextBuffer into) {
        into.putPadded(second / 3600, 2).put(':').putPadded(second / 60 % 60, 2).put(':').putPadded(second % 60, 2)
                .put('.')
                .putPadded(nanos, 9);
    }

    /** The date of a day since 1970 as the number YYYYMMDD; Gregorian, counted in eras of 400 years from a first of March. */
    private static long date(long day) {
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        long ofEra = shifted - era * 146_097;
        long year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        long ofYear = ofEra - (365 * year + year / 4 - year / 100);
        long month = (5 * ofYear + 2) / 153;
        long ofMonth = ofYear - (153 * month + 2) / 5 + 1;
        long calendarMonth = month < 10 ? month + 3 : month - 9;
        long calendarYear = year + era * 400 + (calendarMonth <= 2 ? 1 : 0);
        return calendarYear * 10_000 + calendarMonth * 100 + ofMonth;
    }

    private int offset(long seconds) {
        long quarter = Math.floorDiv(seconds, QUARTER);
        if (quarter != knownQuarter) {
            ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds));
            knownOffset = offset.getTotalSeconds();
            knownQuarter = quarter;
        }
        return knownOffset;
    }

    private String zoneName(long seconds) {
        if (zone instanceof ZoneOffset offset) {
            return offset.equals(ZoneOffset.UTC) ? "UTC" : offset.getDisplayName(TextStyle.SHORT, Locale.ROOT);
        }
        boolean summer = zone.getRules().isDaylightSavings(Instant.ofEpochSecond(seconds));
        return TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
    }
}
