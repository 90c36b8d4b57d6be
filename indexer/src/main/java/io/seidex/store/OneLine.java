package io.seidex.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What people are told of files, in one line: the exceptions of {@code java.nio.file} say little, names may hold anything. */
public final class OneLine {
    private static final String ESCAPED = "abtnvfr";
    private static final int FIRST_ESCAPED = 7;

    private OneLine() {}

    /** Why a file could not be read or written, in a few words, without its name. */
    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            case FileSystemException named -> named.getClass().getSimpleName();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /** What failed, with the name of the file if there is one, and why. */
    public static String of(IOException e) {
        return e instanceof FileSystemException named && named.getFile() != null
                ? named.getFile() + ": " + reason(e)
                : reason(e);
    }

    /** The text, with what would break the line or steer the terminal written as {@code \n} or {@code \x1b}. */
    public static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.chars().forEach(c -> {
            if (!Character.isISOControl(c)) {
                line.append((char) c);
            } else if (c >= FIRST_ESCAPED && c < FIRST_ESCAPED + ESCAPED.length()) {
                line.append('\\').append(ESCAPED.charAt(c - FIRST_ESCAPED));
            } else {
                line.append(String.format("\\x%02x", c));
            }
        });
        return line.toString();
    }
}
