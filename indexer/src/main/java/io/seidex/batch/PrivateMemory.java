package io.seidex.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches how much memory the process has for itself: heap, threads, the virtual machine; not the mapped captures, which
 * belong to the system's page cache. The system counts it ({@code RssAnon}) and does not keep the peak, so it is looked at
 * several times a second. Where the system has no such count the peak is 0.
 */
final class PrivateMemory implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long INTERVAL_NANOS = 100_000_000;

    private final Thread thread;
    private volatile boolean closed;
    private volatile long peak;

    PrivateMemory() {
        thread = Thread.ofPlatform().daemon().name("memory").start(() -> {
            while (!closed) {
                look();
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
        });
    }

    /** The most so far, in octets. */
    long peak() {
        look();
        return peak;
    }

    private synchronized void look() {
        try {
            for (String line : Files.readString(STATUS, StandardCharsets.ISO_8859_1).split("\n")) {
                if (line.startsWith("RssAnon:")) {
                    String kibibytes = line.substring(8).replace("kB", "").strip();
                    peak = Math.max(peak, Long.parseLong(kibibytes) << 10);
                }
            }
        } catch (IOException | NumberFormatException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
