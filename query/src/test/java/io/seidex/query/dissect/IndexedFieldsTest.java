package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.capture.Capture;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.query.dissect.SamplePackets.Sample;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a field of the index says of a packet is what the whole tree of the packet says under the same name, in the same order. */
class IndexedFieldsTest {
    private static final int ROUNDS = 20_000;
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));

    @Test
    void shouldBeFieldsOfTheTree() {
        try (FieldReadings readings = new FieldReadings()) {
            assertEquals("""
                    [capture, communityid, fault, frame.cap_len, frame.file_off, frame.interface_id, frame.len, \
                    frame.link_type, frame.number, frame.octets, frame.protocols, frame.time_epoch, ip.fragment, \
                    ip.fragment.count, ip.reassembled.data, ip.reassembled.length, ipv6.fragment, ipv6.fragment.count, \
                    ipv6.reassembled.data, ipv6.reassembled.length, messages, payload, pfcp.node_report_type, \
                    pfcp.report_type, pfcp.usage_report_trigger, quoted, reassembly, reassembly.fragment, \
                    reassembly.fragment.count, reassembly.length, seid.endpoint, tcp.messages, tcp.messages.more, \
                    teid.endpoint]""", readings.withoutTree().toString());
        }
    }

    @Test
    void shouldAgreeOnCaptures() throws IOException {
        assumeTrue(Files.isDirectory(CAPTURES),
                "needs the real captures: " + CAPTURES.toAbsolutePath().normalize() + " is missing");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CAPTURES)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        Map<String, String> differing = new TreeMap<>();
        long values = 0;
        for (Path file : files) {
            try (FieldReadings readings = new FieldReadings(); Capture capture = Capture.open(file, new FaultLog())) {
                readings.each(capture, (number, field, indexed, shown) -> {
                    if (!indexed.equals(shown)) {
                        differing.putIfAbsent(field, CAPTURES.relativize(file) + ":" + number + " indexed " + indexed
                                + ", shown " + shown);
                    }
                });
                values += readings.values();
            }
        }
        assertEquals("", text(differing));
        assertTrue(values > 100_000, "values: " + values);
    }

    @Test
    void shouldAgreeOnMutatedPackets() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>(MutatedPackets.samples(random));
        Map<String, String> differing = new TreeMap<>();
        try (FieldReadings readings = new FieldReadings()) {
            for (int round = 0; round < ROUNDS; round++) {
                Sample sample = samples.get(round % samples.size());
                byte[] packet = round < samples.size() ? sample.octets()
                        : MutatedPackets.mutated(sample.octets(), random);
                int original = packet.length + (random.nextInt(8) == 0 ? random.nextInt(100) : 0);
                ByteArrayOutputStream file = new ByteArrayOutputStream();
                try (CaptureWriter writer = CaptureWriter.to(file, CaptureFormat.PCAP, sample.linkType())) {
                    writer.packet(0, 0, packet, 0, packet.length, original);
                }
                try (Octets octets = Octets.of(file.toByteArray());
                        Capture capture = Capture.of(octets, new FaultLog())) {
                    readings.each(capture, (number, field, indexed, shown) -> {
                        if (!indexed.equals(shown)) {
                            differing.putIfAbsent(field, "-Dseed=" + seed + " " + sample.name() + " indexed " + indexed
                                    + ", shown " + shown + ": " + HexFormat.of().formatHex(packet));
                        }
                    });
                }
            }
            assertTrue(readings.values() > ROUNDS, "-Dseed=" + seed + " values: " + readings.values());
        }
        assertEquals("", text(differing));
    }

    private static String text(Map<String, String> differing) {
        StringBuilder text = new StringBuilder();
        differing.forEach((field, difference) -> text.append(field).append(": ").append(difference).append('\n'));
        return text.toString();
    }
}
