package io.seidex.batch;

import io.seidex.store.OneLine;
import io.seidex.store.PacketIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files that PATH arguments name. A directory stands for all files below it, sorted by path; symbolic links are
 * followed, into a directory only as long as it is not one that holds the link. What is hidden (a name that begins with a
 * dot) and what is an index of this program's is passed over, unless it is itself an argument.
 */
public final class Inputs {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final boolean IS_UNICODE = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    private static final String INEXPRESSIBLE = "its name is no text in this locale";

    private final List<Path> files = new ArrayList<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final List<Path> empty = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private Inputs() {}

    /** What the arguments stand for, absolute, each file once, in the order of the arguments. */
    public static Inputs of(List<Path> arguments) {
        Inputs inputs = new Inputs();
        for (Path argument : arguments) {
            Path path = argument.toAbsolutePath().normalize();
            if (Files.isDirectory(path)) {
                int before = inputs.files.size() + inputs.unreadable.size();
                int known = inputs.seen.size();
                inputs.directory(path, new ArrayList<>());
                if (inputs.files.size() + inputs.unreadable.size() == before && inputs.seen.size() == known) {
                    inputs.empty.add(path);
                }
            } else {
                inputs.file(path);
            }
        }
        return inputs;
    }

    /** Every path that is no directory; whether it can be read is not known yet. */
    public List<Path> files() {
        return files;
    }

    /** Directories that cannot be listed, and names that this program cannot express; and the reason of each. */
    public Map<String, String> unreadable() {
        return unreadable;
    }

    /** Arguments that are directories and hold no file. */
    public List<Path> empty() {
        return empty;
    }

    /** Whether a path can be written as text and found again by it. */
    static boolean isExpressible(Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A path as text; octets of a name that are no text stand as {@code \xNN}. */
    public static String printable(Path path) {
        if (isExpressible(path)) {
            return path.toString();
        }
        // The URI is made of the name's octets, not of its characters.
        String rawPath = path.toUri().getRawPath();
        return printable(octets(rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath));
    }

    /** Octets as UTF-8; those that are none, or that the locale does not have, stand as {@code \xNN}. */
    static String printable(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < octets.length;) {
            int length = IS_UNICODE || octets[at] >= 0 ? characterLength(octets, at) : 0;
            if (length == 0) {
                text.append("\\x").append(String.format("%02x", octets[at] & 0xFF));
                at++;
            } else {
                text.append(new String(octets, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        return text.toString();
    }

    /**
     * What an argument of the command line was, if Java could not express it: then it reads it with replacement characters.
     * The system still knows the octets. Null if the argument is what it seems, or the system does not say.
     */
    public static String inexpressible(String argument) {
        if (argument.indexOf('\uFFFD') >= 0) {
            try {
                byte[] line = Files.readAllBytes(COMMAND_LINE);
                for (int from = 0, to = 0; to < line.length; to++) {
                    if (line[to] == 0) {
                        byte[] octets = Arrays.copyOfRange(line, from, to);
                        if (new String(octets, StandardCharsets.UTF_8).equals(argument)) {
                            String printable = printable(octets);
                            return printable.equals(argument) ? null : printable;
                        }
                        from = to + 1;
                    }
                }
            } catch (IOException e) {
                // Nobody else knows.
            }
        }
        return null;
    }

    /** Adds a path that cannot be read, as it is printed. */
    public void unreadable(String printable) {
        unreadable.put(printable, INEXPRESSIBLE);
    }

    private static byte[] octets(String rawPath) {
        byte[] octets = new byte[rawPath.length()];
        int count = 0;
        for (int i = 0; i < rawPath.length(); i++) {
            if (rawPath.charAt(i) == '%') {
                octets[count++] = (byte) Integer.parseInt(rawPath.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                octets[count++] = (byte) rawPath.charAt(i);
            }
        }
        return Arrays.copyOf(octets, count);
    }

    /** How many octets the UTF-8 character at a place has; 0 if none is there. */
    private static int characterLength(byte[] octets, int at) {
        for (int length = 1; length <= 4 && at + length <= octets.length; length++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, at, length));
                return length;
            } catch (CharacterCodingException e) {
                // Perhaps with one octet more.
            }
        }
        return 0;
    }

    private void file(Path path) {
        if (!isExpressible(path)) {
            unreadable.put(printable(path), INEXPRESSIBLE);
        } else if (seen.add(path.toString())) {
            files.add(path);
        }
    }

    private void directory(Path directory, List<Path> above) {
        if (!isExpressible(directory)) {
            unreadable.put(printable(directory), INEXPRESSIBLE);
            return;
        }
        List<Path> entries = new ArrayList<>();
        try {
            Path real = directory.toRealPath();
            if (above.contains(real)) {
                throw new FileSystemLoopException(directory.toString());
            }
            above.add(real);
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                for (Path entry : stream) {
                    entries.add(entry);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        } catch (FileSystemLoopException e) {
            return;
        } catch (IOException e) {
            unreadable.put(directory.toString(), OneLine.reason(e));
            return;
        }
        entries.sort(null);
        for (Path entry : entries) {
            if (entry.getFileName().toString().startsWith(".")) {
                continue;
            }
            if (!Files.isDirectory(entry)) {
                file(entry);
            } else if (!PacketIndex.isIndex(entry)) {
                directory(entry, above);
            }
        }
        above.removeLast();
    }

    /** Whether something is there, be it a link that leads nowhere. */
    public static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
