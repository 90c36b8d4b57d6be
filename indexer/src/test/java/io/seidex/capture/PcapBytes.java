package io.seidex.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** pcap files octet by octet, for the variants and the lies that no writer offers. */
final class PcapBytes {
    static final int MICROSECONDS = 0xA1B2C3D4;
    static final int NANOSECONDS = 0xA1B23C4D;
    static final int MODIFIED = 0xA1B2CD34;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final ByteOrder order;
    private int behindHeader;

    private PcapBytes(ByteOrder order) {
        this.order = order;
    }

    static PcapBytes little(int magic) {
        return of(ByteOrder.LITTLE_ENDIAN, magic, 2, 4, 1);
    }

    static PcapBytes big(int magic) {
        return of(ByteOrder.BIG_ENDIAN, magic, 2, 4, 1);
    }

    static PcapBytes of(ByteOrder order, int magic, int major, int minor, int linkType) {
        PcapBytes bytes = new PcapBytes(order);
        ByteBuffer header = ByteBuffer.allocate(24).order(order);
        header.putInt(magic).putShort((short) major).putShort((short) minor).putLong(0);
        header.putInt(65_535).putInt(linkType);
        bytes.octets.writeBytes(header.array());
        return bytes;
    }

    /** From now on record headers are that much longer; the octets are not 0, nor plausible as a header. */
    PcapBytes longerHeaders(int behind) {
        behindHeader = behind;
        return this;
    }

    PcapBytes record(int seconds, int fraction, byte[] packet) {
        return record(seconds, fraction, packet.length, packet.length, packet);
    }

    PcapBytes record(int seconds, int fraction, int third, int fourth, byte[] packet) {
        ByteBuffer record = ByteBuffer.allocate(16 + behindHeader + packet.length).order(order);
        record.putInt(seconds).putInt(fraction).putInt(third).putInt(fourth);
        for (int i = 0; i < behindHeader; i++) {
            record.put((byte) (0xE0 + i));
        }
        octets.writeBytes(record.put(packet).array());
        return this;
    }

    PcapBytes raw(byte... some) {
        octets.writeBytes(some);
        return this;
    }

    byte[] toBytes() {
        return octets.toByteArray();
    }

    /** A packet of so many octets, none of them 0. */
    static byte[] packet(int length) {
        byte[] packet = new byte[length];
        for (int i = 0; i < length; i++) {
            packet[i] = (byte) (0x40 + i % 0x80);
        }
        return packet;
    }
}
