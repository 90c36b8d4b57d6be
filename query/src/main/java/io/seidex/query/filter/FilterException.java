package io.seidex.query.filter;

/** A filter that cannot be read, and the place in its text that is to blame. */
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1;

    private final int at;
    private final int length;

    FilterException(String message, int at, int length) {
        super(message);
        this.at = at;
        this.length = Math.max(1, length);
    }

    /** Where in the text, in characters from 0; the text's length if its end came too early. */
    public int at() {
        return at;
    }

    /** How many characters are to blame, at least 1. */
    public int length() {
        return length;
    }

    /** Two lines: the filter, and a caret under the place. */
    public String picture(String filter) {
        StringBuilder lines = new StringBuilder("    ");
        filter.codePoints().forEach(point -> lines.appendCodePoint(Character.isISOControl(point) ? ' ' : point));
        lines.append('\n').append("    ");
        int from = Math.min(at, filter.length());
        lines.repeat(' ', filter.codePointCount(0, from)).append('^');
        int to = Math.min(from + length, filter.length());
        return lines.repeat('~', Math.max(0, filter.codePointCount(from, to) - 1)).toString();
    }
}
