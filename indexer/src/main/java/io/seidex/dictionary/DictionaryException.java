package io.seidex.dictionary;

/** A dictionary that cannot be read: which file, which line and column, what was expected there. */
public final class DictionaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final int line;
    private final int column;

    DictionaryException(String source, int line, int column, String problem) {
        super(source + ":" + line + ":" + column + ": " + problem);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    /** The file, as it was named when it was read. */
    public String source() {
        return source;
    }

    /** Counts from 1. */
    public int line() {
        return line;
    }

    /** Counts characters from 1. */
    public int column() {
        return column;
    }
}
