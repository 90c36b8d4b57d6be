package io.seidex.dictionary;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A dictionary's text as it was read from a file.
 *
 * @param name how errors and differences name it
 */
public record DictionaryFile(String name, String text) {
    /** Far more than any dictionary has: another kind of file, given by mistake, is not read to its end. */
    private static final int MOST_OCTETS = 1 << 23;

    /**
     * Reads a file, which is not yet known to be a dictionary.
     *
     * @throws DictionaryException if it cannot be one
     */
    public static DictionaryFile read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "a directory, where a file is needed");
        }
        if (Files.size(file) > MOST_OCTETS) {
            throw new DictionaryException(file.toString(), 1, 1, "the file is too large for a dictionary");
        }
        try {
            return new DictionaryFile(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new DictionaryException(file.toString(), 1, 1, "the file is not text in UTF-8");
        }
    }

    /** Reads files in their order. */
    public static List<DictionaryFile> read(List<Path> files) throws IOException {
        List<DictionaryFile> read = new ArrayList<>();
        for (Path file : files) {
            read.add(read(file));
        }
        return read;
    }

    /** The first line in which another text differs, counted from 1; 0 if none does. */
    public int firstDifference(DictionaryFile other) {
        List<String> lines = text.lines().toList();
        List<String> others = other.text.lines().toList();
        for (int i = 0; i < Math.max(lines.size(), others.size()); i++) {
            if (i >= lines.size() || i >= others.size() || !lines.get(i).equals(others.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }
}
