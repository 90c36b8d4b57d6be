package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.capture.Capture;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.query.dissect.SamplePackets.Sample;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the index says is wrong with a packet is what is shown to be wrong with it. */
class FaultsTest {
    private static final int ROUNDS = 20_000;
    private static final int MESSAGES = 100;
    private static final int MOST_ELEMENTS = 6;
    private static final byte[] HERE = Bytes.address("192.0.2.1");
    private static final byte[] THERE = Bytes.address("198.51.100.1");
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));

    @Test
    void shouldAgreeOnCaptures() throws IOException {
        assumeTrue(Files.isDirectory(CAPTURES),
                "needs the real captures: " + CAPTURES.toAbsolutePath().normalize() + " is missing");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CAPTURES)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<String> differing = new ArrayList<>();
        long[] frames = new long[2];
        for (Path file : files) {
            try (FoundFaults faults = new FoundFaults(); Capture capture = Capture.open(file, new FaultLog())) {
                faults.each(capture, (number, indexed, shown) -> {
                    frames[0]++;
                    frames[1] += shown.isEmpty() ? 0 : 1;
                    if (!indexed.equals(shown)) {
                        differing.add(
                                CAPTURES.relativize(file) + ":" + number + " indexed " + indexed + ", shown " + shown);
                    }
                });
            }
        }
        assertTrue(frames[1] > 0, frames[0] + " frames and no fault");
        assertEquals(List.of(), differing);
    }

    @Test
    void shouldAgreeOnMutatedPackets() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Sample> samples = samples(random);
        int faulty = 0;
        try (FoundFaults faults = new FoundFaults()) {
            for (int round = 0; round < ROUNDS; round++) {
                Sample sample = samples.get(random.nextInt(samples.size()));
                byte[] packet = mutated(sample.octets(), random);
                int original = packet.length + (random.nextInt(8) == 0 ? random.nextInt(100) : 0);
                Set<String> found = check(faults, sample, packet, original, seed);
                faulty += found.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(faulty > ROUNDS / 4, "-Dseed=" + seed + ": " + faulty + " packets with faults");
    }

    private static Set<String> check(FoundFaults faults, Sample sample, byte[] packet, int original, long seed)
            throws IOException {
        Set<String> found = new TreeSet<>();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(file, CaptureFormat.values()[0], sample.linkType())) {
            writer.packet(0, 0, packet, 0, packet.length, original);
        }
        try (Octets octets = Octets.of(file.toByteArray()); Capture capture = Capture.of(octets, new FaultLog())) {
            faults.each(capture, (number, indexed, shown) -> {
                found.addAll(shown);
                assertEquals(shown, indexed, () -> "-Dseed=" + seed + " " + sample.name() + ", link type "
                        + sample.linkType() + ", " + original + " octets: " + HexFormat.of().formatHex(packet));
            });
        }
        return found;
    }

    /** A packet of each kind, and messages of elements that hold anything. */
    private static List<Sample> samples(Random random) {
        List<Sample> samples = new ArrayList<>(SamplePackets.all());
        for (int i = 0; i < MESSAGES; i++) {
            samples.add(pfcp(random));
            samples.add(gtpv2(random));
            samples.add(gtpv1(random));
        }
        return samples;
    }

    private static Sample pfcp(Random random) {
        List<Element> known = Dictionary.pfcp().elements();
        PacketBuilder packet = new PacketBuilder().ethernet().ip(HERE, THERE).udp(8805, 8805)
                .pfcp(random.nextInt(60), 1, 7);
        for (int i = random.nextInt(MOST_ELEMENTS); i >= 0; i--) {
            Element element = known.get(random.nextInt(known.size()));
            packet.ie(element.type(), value(random));
        }
        return new Sample("pfcp", CaptureWriter.ETHERNET, packet.end().toBytes(), 0);
    }

    private static Sample gtpv2(Random random) {
        List<Element> known = Dictionary.gtpv2().elements();
        PacketBuilder packet = new PacketBuilder().ethernet().ip(HERE, THERE).udp(2123, 2123)
                .gtpv2(random.nextInt(256), 1, 7);
        for (int i = random.nextInt(MOST_ELEMENTS); i >= 0; i--) {
            packet.gtpv2Ie(known.get(random.nextInt(known.size())).type() & 0xFF, 0, value(random));
        }
        return new Sample("gtpv2", CaptureWriter.ETHERNET, packet.end().toBytes(), 0);
    }

    private static Sample gtpv1(Random random) {
        List<Element> known = Dictionary.gtpv1().elements();
        boolean isUser = random.nextBoolean();
        int port = isUser ? 2152 : 2123;
        PacketBuilder packet = new PacketBuilder().ethernet().ip(HERE, THERE).udp(port, port)
                .gtp(random.nextInt(256), 1, 7);
        for (int i = random.nextInt(MOST_ELEMENTS); i >= 0; i--) {
            Element element = known.get(random.nextInt(known.size()));
            byte[] value = value(random);
            String length = element.lengthOctets() == 0 ? "" : element.lengthOctets() == 1
                    ? "%02x".formatted(value.length) : "%04x".formatted(value.length);
            packet.hex("%02x".formatted(element.type() & 0xFF) + length + HexFormat.of().formatHex(value));
        }
        return new Sample("gtpv1", CaptureWriter.ETHERNET, packet.end().toBytes(), 0);
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(30)];
        random.nextBytes(value);
        for (int i = 0; random.nextBoolean() && i < value.length; i++) {
            value[i] &= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return value;
    }

    private static byte[] mutated(byte[] packet, Random random) {
        byte[] octets =
                Arrays.copyOf(packet, random.nextInt(8) == 0 ? 1 + random.nextInt(packet.length) : packet.length);
        for (int i = random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(octets.length);
            switch (random.nextInt(4)) {
                case 0 -> octets[at] = (byte) random.nextInt(256);
                case 1 -> octets[at]++;
                case 2 -> octets[at]--;
                default -> octets[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
        }
        return octets;
    }
}
