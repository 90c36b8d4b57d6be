package io.seidex.query.filter;

/**
 * A word, a sign or the end of a filter's text.
 *
 * @param text of {@link Kind#STRING} what stands between the quotes, escapes resolved; else as written
 * @param length characters in the filter, quotes included
 */
record Token(Kind kind, String text, int at, int length) {
    enum Kind {
        WORD, STRING, OPEN, CLOSE, OPEN_SET, CLOSE_SET, COMMA, RANGE,
        EQUAL, NOT_EQUAL, LESS, AT_MOST, GREATER, AT_LEAST, AND, OR, NOT, IN,
        CONTAINS,
        /** Part of Wireshark's language, but not of ours. */
        UNSUPPORTED,
        END
    }
}
