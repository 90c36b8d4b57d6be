package io.seidex.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small capture in memory, for tests to read as sentences. Times count up by a microsecond from 2026-01-01 UTC unless
 * a packet states its own.
 */
public final class CaptureBuilder {
    /** The time of the first packet that states none: 2026-01-01T00:00:00Z. */
    public static final long START = 1_767_225_600_000_000_000L;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final CaptureWriter writer;
    private long time = START;

    private CaptureBuilder(CaptureFormat format, int linkType) {
        try {
            writer = CaptureWriter.to(octets, format, linkType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A capture of one link type; pcapng: the first section and its interface 0 are there. */
    public static CaptureBuilder of(CaptureFormat format, int linkType) {
        return new CaptureBuilder(format, linkType);
    }

    /** An Ethernet capture in little-endian pcap with microseconds. */
    public static CaptureBuilder pcap() {
        return of(CaptureFormat.PCAP, CaptureWriter.ETHERNET);
    }

    /** An Ethernet capture in little-endian pcapng with nanoseconds. */
    public static CaptureBuilder pcapng() {
        return of(CaptureFormat.PCAPNG, CaptureWriter.ETHERNET);
    }

    /** What a step of the builder may do. */
    private interface Step {
        void write() throws IOException;
    }

    /** pcapng: see {@link CaptureWriter#section}. */
    public CaptureBuilder section(boolean bigEndian) {
        return step(() -> writer.section(bigEndian));
    }

    /** pcapng: see {@link CaptureWriter#addInterface}. */
    public CaptureBuilder addInterface(int linkType, int tsresol, long tsoffset, String name) {
        return step(() -> writer.addInterface(linkType, tsresol, tsoffset, name));
    }

    /** A whole packet, at the next time. */
    public CaptureBuilder packet(byte[] packet) {
        return packet(next(), packet);
    }

    /** A whole packet as its builder stands. */
    public CaptureBuilder packet(PacketBuilder packet) {
        return packet(packet.toBytes());
    }

    /** A whole packet at a time. */
    public CaptureBuilder packet(long timeNanos, byte[] packet) {
        return packet(0, timeNanos, packet, packet.length);
    }

    /** A packet of an interface, whose length on the wire may differ. */
    public CaptureBuilder packet(int interfaceId, long timeNanos, byte[] packet, long original) {
        return step(() -> writer.packet(interfaceId, timeNanos, packet, 0, packet.length, original));
    }

    /** pcapng: a simple packet block. */
    public CaptureBuilder simplePacket(byte[] packet) {
        return step(() -> writer.simplePacket(packet, packet.length));
    }

    /** pcapng: an obsolete packet block. */
    public CaptureBuilder obsoletePacket(int interfaceId, long timeNanos, byte[] packet) {
        return step(() -> writer.obsoletePacket(interfaceId, timeNanos, packet, packet.length));
    }

    /** pcapng: a block of any type. */
    public CaptureBuilder block(int type, byte[] body) {
        return step(() -> writer.block(type, body));
    }

    /** Octets as they are. */
    public CaptureBuilder raw(byte[] some) {
        return step(() -> writer.raw(some));
    }

    /** The capture; nothing may be added afterwards. */
    public byte[] toBytes() {
        step(writer::close);
        return octets.toByteArray();
    }

    /** Writes the capture to a file; nothing may be added afterwards. */
    public Path write(Path file) {
        step(() -> Files.write(file, toBytes()));
        return file;
    }

    private long next() {
        long now = time;
        time += 1_000;
        return now;
    }

    private CaptureBuilder step(Step step) {
        try {
            step.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
