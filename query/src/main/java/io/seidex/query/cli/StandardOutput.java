package io.seidex.query.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Standard output without {@link System#out}, which keeps errors to itself: a reader that went away ends the program. */
final class StandardOutput extends OutputStream {
    private final OutputStream file = new FileOutputStream(FileDescriptor.out);

    /** Nobody reads any more. Not an error: {@code head} does so. */
    static final class ClosedException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedException(IOException cause) {
            super(cause);
        }
    }

    /** Whether people look at it, as far as the system says. Java tells it of standard input and output together only. */
    static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && System.console().isTerminal();
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int at, int length) throws IOException {
        try {
            file.write(octets, at, length);
        } catch (IOException e) {
            // EPIPE; Java passes it on in no other way than by the system's words.
            if (e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains("pipe")) {
                throw new ClosedException(e);
            }
            throw e;
        }
    }
}
