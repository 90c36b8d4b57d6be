package io.seidex.dictionary;

/**
 * A place in a dictionary's text, moved from left to right. It knows its line and column, and refuses what it does not
 * expect with both. Blanks, line ends within a statement and comment lines are all the same to it.
 */
final class Source {
    private final String name;
    private final String text;
    private final int end;
    private int at;

    /** @param end the end of the statement: nothing is read behind it */
    Source(String name, String text, int at, int end) {
        this.name = name;
        this.text = text;
        this.at = at;
        this.end = end;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    int end() {
        return end;
    }

    /** Steps over blanks, line ends and comment lines. */
    void blanks() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '#' && beginsLine()) {
                int next = text.indexOf('\n', at);
                at = next < 0 || next > end ? end : next;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    boolean atEnd() {
        blanks();
        return at >= end;
    }

    /** The next character that is no blank; 0 at the end. */
    char peek() {
        blanks();
        return at < end ? text.charAt(at) : 0;
    }

    /** Steps over {@code expected} if it is next. */
    boolean take(String expected) {
        blanks();
        if (at + expected.length() <= end && text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    /** Steps over {@code expected} if it is next and no letter or digit follows. */
    boolean takeWord(String expected) {
        blanks();
        int after = at + expected.length();
        if (after <= end && text.startsWith(expected, at) && (after == end || !isWord(text.charAt(after)))) {
            at = after;
            return true;
        }
        return false;
    }

    void expect(String expected) {
        if (!take(expected)) {
            throw fail("'" + expected + "'");
        }
    }

    /** Letters, digits and underscores. */
    String word(String what) {
        blanks();
        int from = at;
        while (at < end && isWord(text.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw fail(what);
        }
        return text.substring(from, at);
    }

    /** A decimal number, or a hexadecimal one behind {@code 0x}, of at most {@code max}. */
    long number(String what, long max) {
        blanks();
        int from = at;
        int radix = 10;
        if (at + 1 < end && text.charAt(at) == '0' && text.charAt(at + 1) == 'x') {
            radix = 16;
            at += 2;
        }
        int digits = at;
        long value = 0;
        while (at < end) {
            int digit = Character.digit(text.charAt(at), radix);
            if (digit < 0 || value > (Long.MAX_VALUE - digit) / radix) {
                break;
            }
            value = value * radix + digit;
            at++;
        }
        if (at == digits || value > max || at < end && isWord(text.charAt(at))) {
            at = from;
            throw fail(what);
        }
        return value;
    }

    boolean atDigit() {
        char c = peek();
        return c >= '0' && c <= '9';
    }

    /** Everything up to a character of {@code stops} or the end of the line, without blanks around it. */
    String phrase(String stops, String what) {
        blanks();
        int from = at;
        while (at < end && text.charAt(at) != '\n' && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String phrase = text.substring(from, at).strip();
        if (phrase.isEmpty()) {
            at = from;
            throw fail(what);
        }
        return phrase;
    }

    /** Everything up to a blank or a character of {@code stops}; may be nothing. */
    String token(String stops) {
        blanks();
        int from = at;
        while (at < end && text.charAt(at) > ' ' && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /** What was stepped over since a place, blanks and line ends as one blank. */
    String since(int place) {
        String said = text.substring(place, at).strip();
        return said.indexOf('\n') < 0 ? said : said.replaceAll("\\s+", " ");
    }

    /** Whether a text stands somewhere behind a place. */
    boolean holds(String wanted, int begin) {
        return text.indexOf(wanted, begin, end) >= 0;
    }

    /** A refusal at this place. */
    DictionaryException fail(String expected) {
        blanks();
        int place = at;
        while (at >= end && place > 0 && text.charAt(place - 1) <= ' ') {
            place--;
        }
        return problem(place, "expected " + expected + ", found " + found());
    }

    /** A refusal at another place. */
    DictionaryException problem(int place, String problem) {
        int line = 1;
        int begin = 0;
        for (int next = text.indexOf('\n'); next >= 0 && next < place; next = text.indexOf('\n', begin)) {
            line++;
            begin = next + 1;
        }
        return new DictionaryException(name, line, place - begin + 1, problem);
    }

    private String found() {
        if (at >= end) {
            return "the end of the statement";
        }
        int to = at + 1;
        if (isWord(text.charAt(at))) {
            while (to < end && isWord(text.charAt(to))) {
                to++;
            }
        }
        return "'" + text.substring(at, to) + "'";
    }

    private boolean beginsLine() {
        for (int i = at - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '\n') {
                return true;
            }
            if (c != ' ' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
