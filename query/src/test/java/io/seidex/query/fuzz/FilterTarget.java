package io.seidex.query.fuzz;

import io.seidex.query.filter.Filter;
import io.seidex.query.filter.FilterException;
import io.seidex.query.filter.FilterParser;
import java.nio.charset.StandardCharsets;

/** The input is a filter: it is read, or refused at a place within it. */
public final class FilterTarget {
    private FilterTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Filter filter = FilterParser.parse(text);
            if (filter.toString().isEmpty()) {
                throw new AssertionError("a filter without text");
            }
        } catch (FilterException e) {
            if (e.getMessage().isEmpty()) {
                throw new AssertionError("refused without a reason");
            }
        }
    }
}
