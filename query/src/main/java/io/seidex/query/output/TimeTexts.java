package io.seidex.query.output;

import java.time.ZoneId;

/** Times as the text of a summary line has them. */
public final class TimeTexts {
    private TimeTexts() {}

    /** {@code 2020-06-11 08:17:39.892699983}, in a zone. */
    public static String sortable(long nanos, ZoneId zone) {
        TextBuffer text = new TextBuffer();
        new TimePrinter(zone).sortable(nanos, text);
        return text.toString();
    }
}
