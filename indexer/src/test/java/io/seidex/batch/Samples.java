package io.seidex.batch;

import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Captures that tests of batches read. */
final class Samples {
    private Samples() {}

    /** A capture of signalling. */
    static byte[] signalling(long seed, CaptureFormat format, int packets) {
        return Traffic.seeded(seed).sessions(16).capture(format, packets);
    }

    /** Two sections, of either byte order; interfaces that come late; packets with and without a time. */
    static byte[] sections(long seed, int packets) {
        List<byte[]> some = packets(seed, packets);
        CaptureBuilder capture = CaptureBuilder.pcapng();
        for (int i = 0; i < some.size(); i++) {
            if (i == some.size() / 4) {
                capture.addInterface(CaptureWriter.ETHERNET, 3, 7, "n4");
            } else if (i == some.size() / 2) {
                capture.section(true).addInterface(CaptureWriter.ETHERNET, 0x94, 0, "größer");
                capture.block(0x7FFF_0001, new byte[37]);
            }
            long time = CaptureBuilder.START + i * 1_000_000L;
            switch (i % 4) {
                case 0 -> capture.simplePacket(some.get(i));
                case 1 -> capture.obsoletePacket(0, time, some.get(i));
                default -> {
                    int source = i >= some.size() / 4 && i < some.size() / 2 ? i % 2 : 0;
                    capture.packet(source, time, some.get(i), some.get(i).length);
                }
            }
        }
        return capture.toBytes();
    }

    /** Single packets, cut out of a capture. */
    static List<byte[]> packets(long seed, int count) {
        byte[] capture = signalling(seed, CaptureFormat.PCAP_BIG, count);
        List<byte[]> packets = new ArrayList<>();
        for (int at = 24; at < capture.length;) {
            int length = (capture[at + 10] & 0xFF) << 8 | capture[at + 11] & 0xFF;
            byte[] packet = new byte[length];
            System.arraycopy(capture, at + 16, packet, 0, length);
            packets.add(packet);
            at += 16 + length;
        }
        return packets;
    }

    static Path write(Path file, byte[] octets) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the first {@code length} octets. */
    static Path write(Path file, byte[] octets, int length) {
        byte[] some = new byte[length];
        System.arraycopy(octets, 0, some, 0, length);
        return write(file, some);
    }
}
