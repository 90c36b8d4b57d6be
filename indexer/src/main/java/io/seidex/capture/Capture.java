package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One capture file, mapped: its frames, and the places where it may be cut.
 *
 * <p>Opening recognises the format by the content. Content that is no capture is not an error of the machine: the fault is
 * in the log, {@link #format()} is {@link CaptureFormat#UNKNOWN}, {@link #looksLike()} says what it is, and every cursor is
 * empty.
 *
 * <p>A file that is cut while it is mapped raises {@link InternalError} where somebody reads behind its new end, and one
 * wrong value may have been read before that. Whoever walks a part therefore catches the error, asks {@link #isCut()} when
 * the walk is over, and if so throws away what the part gave and walks it again in a capture that is opened anew.
 *
 * <p>Several threads may read one capture, each through cursors of its own. Closing it releases the mapping: no cursor and
 * no frame of it may be used any more.
 */
public final class Capture implements AutoCloseable {
    /** The longest packet that is believed, as in tcpdump and Wireshark. A file's snap length is no bound: writers exceed it. */
    static final int MAX_CAPTURED = 262_144;

    private static final int MAX_CAPTURED_OF_A_BUS = 128 * 1024 * 1024;
    private static final int MAX_CAPTURED_OF_EBHSCR = 8 * 1024 * 1024;

    private final Path path;
    private final Octets octets;
    private final Recognition recognition;

    private Capture(Path path, Octets octets, FaultLog faults) {
        this.path = path;
        this.octets = octets;
        this.recognition = Recognition.of(octets);
        if (recognition.fault() != Fault.NONE) {
            faults.report(Layer.FILE, recognition.fault(), 0, 0);
        }
    }

    /**
     * Maps a file and recognises its format.
     *
     * @throws IOException if it is missing, unreadable, or not a regular file
     */
    public static Capture open(Path file, FaultLog faults) throws IOException {
        return new Capture(file, Octets.map(file), faults);
    }

    /** A capture in memory, which has no path. Closing it closes {@code octets}. */
    public static Capture of(Octets octets, FaultLog faults) {
        return new Capture(null, octets, faults);
    }

    /** The file, as it was named when it was opened; null for a capture in memory. */
    public Path path() {
        return path;
    }

    /** The whole file. */
    public Octets octets() {
        return octets;
    }

    /** Size of the file when it was opened. */
    public long length() {
        return octets.length();
    }

    /** What it was recognised as. */
    public CaptureFormat format() {
        return recognition.format();
    }

    /** What it was recognised as, in words for people: {@code pcap, little-endian, microseconds} or {@code gzip …}. */
    public String looksLike() {
        return recognition.description();
    }

    /** The place before the first record. */
    public Border first() {
        return recognition.first();
    }

    /** Walks all records. */
    public FrameCursor cursor(FaultLog faults) {
        return cursor(first(), length(), faults);
    }

    /** Walks the records that begin at {@code from} or behind it, and before {@code to}. The last may end behind it. */
    public FrameCursor cursor(Border from, long to, FaultLog faults) {
        return switch (recognition.format()) {
            case PCAP -> new PcapCursor(octets, recognition.records(), from, to, faults);
            case PCAPNG -> new PcapngCursor(octets, from, to, faults);
            case K12TEXT, HEXDUMP -> new TextCursor(format(), octets, from, to, faults);
            case UNKNOWN -> new EmptyCursor(octets, from);
        };
    }

    /**
     * The first border at or behind an offset, found by walking the record headers from {@code from}. Where the records
     * end before that, the border is the place where they end: its {@code at} is smaller than asked for, or is the length.
     */
    public Border border(Border from, long at) {
        FrameCursor cursor = cursor(from, at, new FaultLog());
        cursor.skip();
        return cursor.border();
    }

    /**
     * Reads one record without a walk: moves {@code into} to it, its number 0. False if no sound record of {@code source}
     * stands there. Octets that look like one by chance are taken for one: the caller knows the time and the lengths.
     */
    public boolean frameAt(long recordAt, CaptureInterface source, Frame into) {
        if (recordAt < 0 || recordAt >= length()) {
            return false;
        }
        into.over(octets);
        return switch (recognition.format()) {
            case PCAP -> recordAt >= first().at()
                    && PcapCursor.read(octets, recognition.records(), recordAt, source, into);
            case PCAPNG -> PcapngCursor.read(octets, recordAt, source, into);
            case K12TEXT, HEXDUMP -> TextCursor.read(format(), octets, recordAt, source, into);
            case UNKNOWN -> false;
        };
    }

    /** Whether the file is shorter now than it was when it was opened. */
    public boolean isCut() throws IOException {
        return path != null && Files.size(path) < length();
    }

    @Override
    public void close() {
        octets.close();
    }

    /** Buses carry longer packets than networks; these are Wireshark's bounds. */
    static int maxCaptured(int linkType) {
        return switch (linkType) {
            // USB in its five forms, and D-Bus
            case 186, 189, 220, 249, 266, 231 -> MAX_CAPTURED_OF_A_BUS;
            case 279 -> MAX_CAPTURED_OF_EBHSCR;
            default -> MAX_CAPTURED;
        };
    }
}
