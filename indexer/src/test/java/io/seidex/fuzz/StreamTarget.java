package io.seidex.fuzz;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.Seam;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.util.Arrays;
import java.util.List;

/**
 * The input is a row of segments, each of an octet that says of which stream it is, with which flags, and whether it follows
 * the one before it; two that say where it stands if it does not; one that says how long it is; and its octets.
 */
public final class StreamTarget {
    private static final int HEADER = 4;
    private static final int SECOND = 1_000_000_000;
    private static final long MEMORY = 32 << 10;
    private static final int[] PORTS = {3386, 7000, 7100, 7200};
    private static final int[] FLAGS = {0x10, 0x10, 0x18, 0x10, 0x11, 0x02, 0x04, 0x18};
    private static final DeclaredProtocols PROTOCOLS = new DeclaredProtocols(List.of(
            DeclaredProtocol.read("a", "protocol a\nover tcp 7000\nheader = size:u16; id:u16\nlength size plus 2\n"),
            DeclaredProtocol.read("b",
                    "protocol b\nover tcp 7100\nheader = magic:u8; size:u32le\nlength size times 4\nconstant magic = 7\n"),
            DeclaredProtocol.read("c", "protocol c\nover tcp 7200\ndelimiter 0d0a0d\nmessage = text:text[rest]\n")));

    private StreamTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        CaptureBuilder builder = CaptureBuilder.pcap();
        PacketBuilder packets = new PacketBuilder();
        int[] sequences = {-20, 0, 1 << 30, -1 << 31};
        long time = 0;
        for (int at = 0; at + HEADER <= input.length;) {
            int stream = input[at] & 3;
            int flags = FLAGS[input[at] >>> 2 & 7];
            boolean follows = (input[at] & 0x20) == 0;
            time += (input[at] & 0x40) == 0 ? 1000 : 9L * SECOND;
            int distance = (short) ((input[at + 1] & 0xFF) << 8 | input[at + 2] & 0xFF);
            int length = Math.min(input[at + 3] & 0xFF, input.length - at - HEADER);
            int sequence = follows ? sequences[stream] : sequences[stream] + distance;
            byte[] packet = packets.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2")
                    .tcp(40_000, PORTS[stream], sequence, flags)
                    .octets(Arrays.copyOfRange(input, at + HEADER, at + HEADER + length)).toBytes();
            if ((input[at] & 0x80) == 0) {
                builder.packet(time, packet);
            } else {
                builder.packet(0, time, Arrays.copyOf(packet, Math.max(54, packet.length - 5)), packet.length);
            }
            if (follows) {
                sequences[stream] += length + (flags == 2 ? 1 : 0);
            }
            at += HEADER + length;
        }
        read(builder.toBytes());
    }

    private static void read(byte[] file) {
        Packet packet = new Packet();
        FaultLog faults = new FaultLog();
        try (Capture capture = Capture.of(Octets.of(file), faults);
                Reassembly reassembly = new Reassembly(PROTOCOLS, MEMORY, (layer, whole, why) -> {
                    while (whole.nextGap()) {
                        if (whole.gapTo() <= whole.gapFrom()) {
                            throw new AssertionError("an empty gap");
                        }
                    }
                })) {
            reassembly.over(0, capture.octets());
            reassembly.seam(new Seam() {
                @Override
                public void offered(long key, boolean begins) {
                    // Is asked, as an indexer does.
                }

                @Override
                public void open(long key, int source, long frame) {
                    if (frame <= 0) {
                        throw new AssertionError("no frame");
                    }
                }
            });
            for (FrameCursor cursor = capture.cursor(faults); cursor.next();) {
                reassembly.read(cursor.frame(), packet);
                for (int i = 0; i < packet.count(); i++) {
                    if (packet.at(i) < 0 || packet.available(i) < 0
                            || packet.at(i) + packet.available(i) > packet.octets().length()) {
                        throw new AssertionError(packet.layer(i) + " lies outside the packet");
                    }
                }
                if (reassembly.streams().bytes() > 2 * MEMORY) {
                    throw new AssertionError(reassembly.streams().bytes() + " octets of memory");
                }
            }
            reassembly.end();
        }
    }

    /** Streams that are as they should be, but for a little. */
    public static List<byte[]> seeds() {
        byte[] prime = {0x4E, (byte) 240, 0, 4, 0, 1, 1, 2, 3, 4, 0x4E, 1, 0, 0, 0, 2};
        byte[] declared = {7, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 7, 2, 0, 0, 0, 1, 2, 3};
        byte[] lines = {'a', 'b', 13, 10, 13, 'c', 13, 10, 13, 10, 13};
        return List.of(
                segments(0, prime), segments(1, new byte[] {0, 6, 1, 2, 3, 4, 5, 6, 0, 2, 1, 2}),
                segments(2, declared), segments(3, lines));
    }

    private static byte[] segments(int stream, byte[] octets) {
        byte[] input = new byte[2 * (HEADER + octets.length) + HEADER];
        input[0] = (byte) (stream | 5 << 2);
        int at = HEADER;
        for (int repeat = 0; repeat < 2; repeat++) {
            int cut = repeat == 0 ? octets.length : octets.length / 2;
            input[at] = (byte) stream;
            input[at + 3] = (byte) cut;
            System.arraycopy(octets, 0, input, at + HEADER, cut);
            at += HEADER + cut;
        }
        return Arrays.copyOf(input, at);
    }
}
