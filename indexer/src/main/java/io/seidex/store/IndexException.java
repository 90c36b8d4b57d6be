package io.seidex.store;

import java.io.IOException;

/** An index that cannot be used. The message is one line for people: what, where, and what to do about it. */
public final class IndexException extends IOException {
    private static final long serialVersionUID = 1;

    public IndexException(String message) {
        super(message);
    }

    public IndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
