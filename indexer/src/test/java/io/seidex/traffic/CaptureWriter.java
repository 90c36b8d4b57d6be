package io.seidex.traffic;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a capture of any size, record after record, through one buffer.
 *
 * <pre>
 *  pcap      header of 24 octets · (seconds, fraction, captured, original, octets)*
 *  pcapng    (section header · interface description* · (enhanced | simple | obsolete packet | anything)*)*
 * </pre>
 *
 * <p>A pcap file has the one interface that it is opened with. A pcapng file has that one as number 0 of its first
 * section; more may be added at any time, and further sections, of either byte order, may begin.
 */
public final class CaptureWriter implements Closeable {
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    public static final int RAW_IP = 101;
    public static final int LOOP = 108;
    public static final int SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int SLL2 = 276;

    private static final int SNAP_LENGTH = 262_144;
    private static final int ROOM = 1 << 18;
    private static final VarHandle INT_BIG = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LITTLE =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SECOND = 1_000_000_000L;

    private final OutputStream out;
    private final boolean blocks;
    private final int linkType;
    private final byte[] buffer = new byte[ROOM];
    private final List<Resolution> interfaces = new ArrayList<>();
    private Resolution first;
    private boolean bigEndian;
    private int at;
    private long flushed;

    /**
     * The times of an interface.
     *
     * @param code the octet of {@code if_tsresol}: digits, or bits with 0x80 set
     * @param offsetSeconds {@code if_tsoffset}
     */
    private record Resolution(int code, long offsetSeconds) {
        long ticks(long timeNanos) {
            long seconds = Math.floorDiv(timeNanos, SECOND) - offsetSeconds;
            long nanos = Math.floorMod(timeNanos, SECOND);
            if ((code & 0x80) != 0) {
                int bits = code & 0x7F;
                long part = (long) (nanos / 1e9 * Math.scalb(1.0, bits));
                return (seconds << bits) + part;
            }
            long unit = 1;
            for (int digit = Math.min(code, 9); digit < 9; digit++) {
                unit *= 10;
            }
            long scale = 1;
            for (int digit = 9; digit < code; digit++) {
                scale *= 10;
            }
            return seconds * (SECOND / unit) * scale + nanos / unit * scale;
        }
    }

    private CaptureWriter(OutputStream out, CaptureFormat format, int linkType) throws IOException {
        this.out = out;
        this.blocks = format.blocks();
        this.bigEndian = format.bigEndian();
        this.linkType = linkType;
        if (blocks) {
            section(bigEndian);
            addInterface(linkType, format.resolution(), 0, "");
        } else {
            first = new Resolution(format.resolution(), 0);
            u32(format.resolution() == 9 ? 0xA1B23C4D : 0xA1B2C3D4);
            u16(2);
            u16(4);
            u32(0);
            u32(0);
            u32(SNAP_LENGTH);
            u32(linkType);
        }
    }

    /** Writes to a file, which is made anew. */
    public static CaptureWriter to(Path file, CaptureFormat format, int linkType) throws IOException {
        return new CaptureWriter(Files.newOutputStream(file), format, linkType);
    }

    /** Writes to a stream, which {@link #close()} closes. */
    public static CaptureWriter to(OutputStream out, CaptureFormat format, int linkType) throws IOException {
        return new CaptureWriter(out, format, linkType);
    }

    /** A whole capture of packets that are one microsecond apart, from 2026-01-01 on. */
    public static byte[] capture(CaptureFormat format, int linkType, byte[]... packets) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CaptureWriter writer = to(octets, format, linkType)) {
            long time = 1_767_225_600L * SECOND;
            for (byte[] packet : packets) {
                writer.packet(time, packet);
                time += 1_000;
            }
        }
        return octets.toByteArray();
    }

    /** How many octets were written. */
    public long length() {
        return flushed + at;
    }

    /** The link type that it was opened with. */
    public int linkType() {
        return linkType;
    }

    /** pcapng: begins a section, which has no interface yet. */
    public void section(boolean inBigEndian) throws IOException {
        bigEndian = inBigEndian;
        interfaces.clear();
        first = null;
        room(28);
        u32(0x0A0D0D0A);
        u32(28);
        u32(0x1A2B3C4D);
        u16(1);
        u16(0);
        u32(-1);
        u32(-1);
        u32(28);
    }

    /**
     * pcapng: describes an interface of the section.
     *
     * @param tsresol decimal digits of a second, or binary ones with 0x80 set; 6 is not written, being the default
     * @param tsoffset seconds that readers add to every time; 0 is not written
     * @param name empty for none
     * @return its number in the section
     */
    public int addInterface(int interfaceLinkType, int tsresol, long tsoffset, String name) throws IOException {
        Resolution resolution = new Resolution(tsresol, tsoffset);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int named = text.length == 0 ? 0 : 4 + padded(text.length);
        int timed = (tsresol == 6 ? 0 : 8) + (tsoffset == 0 ? 0 : 12);
        int length = 20 + named + timed + (named + timed == 0 ? 0 : 4);
        room(length);
        u32(1);
        u32(length);
        u16(interfaceLinkType);
        u16(0);
        u32(SNAP_LENGTH);
        if (named > 0) {
            u16(2);
            u16(text.length);
            octets(text, 0, text.length);
            pad(text.length);
        }
        if (tsresol != 6) {
            u16(9);
            u16(1);
            buffer[at++] = (byte) tsresol;
            pad(1);
        }
        if (tsoffset != 0) {
            u16(14);
            u16(8);
            u32((int) (bigEndian ? tsoffset >>> 32 : tsoffset));
            u32((int) (bigEndian ? tsoffset : tsoffset >>> 32));
        }
        if (named + timed > 0) {
            u32(0);
        }
        u32(length);
        interfaces.add(resolution);
        if (first == null) {
            first = resolution;
        }
        return interfaces.size() - 1;
    }

    /** A whole packet, on the first interface. */
    public void packet(long timeNanos, byte[] packet) throws IOException {
        packet(0, timeNanos, packet, 0, packet.length, packet.length);
    }

    /** A whole packet that stands in a buffer, on the first interface. */
    public void packet(long timeNanos, byte[] octets, int from, int length) throws IOException {
        packet(0, timeNanos, octets, from, length, length);
    }

    /** A packet of which {@code length} octets were captured; pcapng: an enhanced packet block. */
    public void packet(int interfaceId, long timeNanos, byte[] octets, int from, int length, long original)
            throws IOException {
        if (blocks) {
            long ticks = (interfaceId < interfaces.size() ? interfaces.get(interfaceId) : first).ticks(timeNanos);
            int block = 32 + padded(length);
            room(28);
            u32(6);
            u32(block);
            u32(interfaceId);
            u32((int) (ticks >>> 32));
            u32((int) ticks);
            u32(length);
            u32((int) original);
            octets(octets, from, length);
            pad(length);
            room(4);
            u32(block);
        } else {
            room(16);
            long seconds = Math.floorDiv(timeNanos, SECOND);
            long nanos = timeNanos - seconds * SECOND;
            u32((int) seconds);
            u32((int) (first.code() == 9 ? nanos : nanos / 1_000));
            u32(length);
            u32((int) original);
            octets(octets, from, length);
        }
    }

    /** pcapng: a packet without a time, of interface 0. */
    public void simplePacket(byte[] octets, long original) throws IOException {
        int block = 16 + padded(octets.length);
        room(12);
        u32(3);
        u32(block);
        u32((int) original);
        octets(octets, 0, octets.length);
        pad(octets.length);
        room(4);
        u32(block);
    }

    /** pcapng: a packet block as written before enhanced ones. */
    public void obsoletePacket(int interfaceId, long timeNanos, byte[] octets, long original) throws IOException {
        long ticks = interfaces.get(interfaceId).ticks(timeNanos);
        int block = 32 + padded(octets.length);
        room(28);
        u32(2);
        u32(block);
        u16(interfaceId);
        u16(0xFFFF);
        u32((int) (ticks >>> 32));
        u32((int) ticks);
        u32(octets.length);
        u32((int) original);
        octets(octets, 0, octets.length);
        pad(octets.length);
        room(4);
        u32(block);
    }

    /** pcapng: a block of any type. */
    public void block(int type, byte[] body) throws IOException {
        int block = 12 + padded(body.length);
        room(8);
        u32(type);
        u32(block);
        octets(body, 0, body.length);
        pad(body.length);
        room(4);
        u32(block);
    }

    /** Octets as they are, for captures that lie. */
    public void raw(byte[] octets) throws IOException {
        octets(octets, 0, octets.length);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(buffer, 0, at);
        flushed += at;
        at = 0;
    }

    private void room(int length) throws IOException {
        if (length > buffer.length - at) {
            flush();
        }
    }

    private void octets(byte[] octets, int from, int length) throws IOException {
        if (length > buffer.length - at - 4) {
            flush();
            if (length > buffer.length - 4) {
                out.write(octets, from, length);
                flushed += length;
                return;
            }
        }
        System.arraycopy(octets, from, buffer, at, length);
        at += length;
    }

    private void pad(int length) throws IOException {
        room(4);
        for (int i = length; (i & 3) != 0; i++) {
            buffer[at++] = 0;
        }
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    private void u16(int value) {
        buffer[at] = (byte) (bigEndian ? value >>> 8 : value);
        buffer[at + 1] = (byte) (bigEndian ? value : value >>> 8);
        at += 2;
    }

    private void u32(int value) {
        (bigEndian ? INT_BIG : INT_LITTLE).set(buffer, at, value);
        at += 4;
    }
}
