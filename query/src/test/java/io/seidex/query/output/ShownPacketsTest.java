package io.seidex.query.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.query.dissect.Dissector;
import io.seidex.query.dissect.ElementRoles;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.dissect.PacketTree;
import io.seidex.query.dissect.SamplePackets;
import io.seidex.query.dissect.SamplePackets.Sample;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is printed of a packet of each kind is kept in files; {@code -Dgolden.update=true} writes them anew. Whatever is left of a
 * packet, or done to it, its tree lies within it, and printing it ends.
 */
class ShownPacketsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/show");
    /** A bit is a node, an octet has eight, and stands in so many layers, groups and members at once. */
    private static final int MOST_NODES_AN_OCTET = 64;
    private static final int NODES_OF_A_FRAME = 64;
    private static final int RANDOM_ROUNDS = 40;

    private final FieldRegistry fields = new FieldRegistry(Dictionaries.builtIn());
    private final Dissector dissector = new Dissector(fields);
    private final Packet packet = new Packet();
    private final PacketDecoder decoder = new PacketDecoder();
    private final PacketTree tree = new PacketTree();

    @TestFactory
    Stream<DynamicTest> shouldPrintAsBefore() {
        return SamplePackets.all().stream().map(sample -> dynamicTest(sample.name(), () -> {
            String printed = text(sample) + '\n' + json(sample);
            Path file = GOLDEN.resolve(sample.name() + ".txt");
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(GOLDEN);
                Files.writeString(file, printed);
            }
            assertEquals(Files.readString(file), printed, "-Dgolden.update=true writes " + file);
        }));
    }

    @TestFactory
    Stream<DynamicTest> shouldStandEveryPrefix() {
        return SamplePackets.all().stream().map(sample -> dynamicTest(sample.name(), () -> {
            byte[] octets = sample.octets();
            for (int length = 0; length <= octets.length; length++) {
                print(sample.linkType(), Arrays.copyOf(octets, length), octets.length);
                print(sample.linkType(), Arrays.copyOf(octets, length), length);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> shouldStandRandomOctets() {
        long seed = Long.getLong("seed", System.nanoTime());
        return SamplePackets.all().stream().map(sample -> dynamicTest(sample.name() + " -Dseed=" + seed, () -> {
            Random random = new Random(seed);
            for (int round = 0; round < RANDOM_ROUNDS; round++) {
                byte[] octets = sample.octets().clone();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    int at = random.nextInt(octets.length);
                    octets[at] = (byte) (random.nextBoolean() ? random.nextInt() : octets[at] ^ 1 << random.nextInt(8));
                }
                print(sample.linkType(), octets, octets.length);
            }
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            print(sample.linkType(), noise, noise.length);
        }));
    }

    @Test
    void shouldForgetThePreviousPacket() throws IOException {
        for (Sample before : SamplePackets.all()) {
            for (Sample sample : SamplePackets.all()) {
                String alone = new ShownPacketsTest().text(sample);
                text(before);
                assertEquals(alone, text(sample), before + ", then " + sample);
            }
        }
    }

    @Test
    void shouldNotLookOutsideTheFrame() throws IOException {
        for (Sample sample : SamplePackets.all()) {
            assertEquals(text(sample, 0), text(sample, 0xFF), sample::name);
        }
    }

    private void print(int linkType, byte[] octets, int original) throws IOException {
        try (Octets file = Octets.of(capture(linkType, octets, original));
                Capture capture = Capture.of(file, new FaultLog())) {
            FrameCursor cursor = capture.cursor(new FaultLog());
            assertTrue(cursor.next());
            dissect(cursor);
            assertTrue(tree.size() <= NODES_OF_A_FRAME + MOST_NODES_AN_OCTET * octets.length,
                    () -> tree.size() + " nodes of " + octets.length + " octets");
            for (int node = 0; node < tree.size(); node++) {
                int at = node;
                assertTrue(tree.at(at) >= 0 && tree.length(at) >= 0 && tree.at(at) + tree.length(at) <= octets.length,
                        () -> tree.field(at) + " lies outside the frame");
                assertTrue(tree.parent(at) < at && tree.end(at) > at && tree.end(at) <= tree.size(),
                        () -> tree.field(at) + " is out of order");
            }
            for (String line : textOfTree(true).split("\n")) {
                assertTrue(line.chars().noneMatch(Character::isISOControl), () -> "control characters in " + line);
            }
            try (JsonParser parser = new JsonFactory().createParser(jsonOfTree())) {
                while (parser.nextToken() != null) {
                    // What is no JSON throws.
                }
            }
        }
    }

    private String text(Sample sample) throws IOException {
        return text(sample, -1);
    }

    /** @param around what stands in the file before and behind the frame's octets; -1: what stands there */
    private String text(Sample sample, int around) throws IOException {
        return with(sample, around, () -> textOfTree(true));
    }

    private String json(Sample sample) throws IOException {
        return with(sample, -1, () -> new String(jsonOfTree(), StandardCharsets.UTF_8));
    }

    private interface Printing {
        String print() throws IOException;
    }

    private String with(Sample sample, int around, Printing printing) throws IOException {
        int captured = sample.octets().length - sample.missing();
        byte[] bytes = capture(sample.linkType(), Arrays.copyOf(sample.octets(), captured), sample.octets().length);
        byte[] room = around < 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 64);
        if (around >= 0) {
            Arrays.fill(room, bytes.length, room.length, (byte) around);
        }
        try (Octets file = Octets.of(room); Capture capture = Capture.of(file, new FaultLog())) {
            FrameCursor cursor = capture.cursor(new FaultLog());
            assertTrue(cursor.next());
            dissect(cursor);
            return printing.print();
        }
    }

    private void dissect(FrameCursor cursor) {
        decoder.decode(cursor.frame().octets(), cursor.frame(), packet);
        dissector.dissect(cursor.frame().octets(), cursor.frame(), packet, tree);
    }

    private String textOfTree(boolean dumps) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TreeTextSink sink = new TreeTextSink(new ElementRoles(fields), out, ZoneOffset.UTC,
                dumps ? new HexDump("") : null, false);
        sink.packet("a.pcap", "a.pcap:1", tree);
        sink.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    private byte[] jsonOfTree() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TreeJsonSink sink = new TreeJsonSink(new ElementRoles(fields), out, ZoneOffset.UTC);
        sink.packet("a.pcap", "a.pcap:1", tree);
        sink.finish();
        return out.toByteArray();
    }

    private static byte[] capture(int linkType, byte[] octets, long original) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(bytes, CaptureFormat.PCAP_NANOS, linkType)) {
            writer.packet(0, CaptureBuilder.START, octets, 0, octets.length, original);
        }
        return bytes.toByteArray();
    }
}
