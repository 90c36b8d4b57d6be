package io.seidex.query.output;

import java.io.IOException;
import java.io.OutputStream;

/** Where lines go: they are collected, and written in large pieces. */
final class LineOutput {
    private static final int PIECE = 1 << 16;

    private final OutputStream out;
    private final TextBuffer text = new TextBuffer();

    LineOutput(OutputStream out) {
        this.out = out;
    }

    /** Where the next line is to be written. */
    TextBuffer text() {
        return text;
    }

    /** Ends a line. */
    void endLine() throws IOException {
        text.put('\n');
        if (text.length() >= PIECE) {
            text.flushTo(out);
        }
    }

    void finish() throws IOException {
        text.flushTo(out);
        out.flush();
    }
}
