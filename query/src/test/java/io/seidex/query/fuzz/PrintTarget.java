package io.seidex.query.fuzz;

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
import io.seidex.query.output.HexDump;
import io.seidex.query.output.TreeJsonSink;
import io.seidex.query.output.TreeTextSink;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;

/**
 * The input is a link type in two octets, and a frame of it: its tree lies within the frame and is bounded by its length, and
 * printing it gives lines without control characters, and JSON.
 */
public final class PrintTarget {
    private static final int FRAME_AT = 2;
    /** A bit is a node, an octet has eight, and stands at most in so many layers, groups and members at once. */
    private static final int MOST_NODES_AN_OCTET = 64;
    private static final int NODES_OF_A_FRAME = 64;

    private static final PacketDecoder DECODER = new PacketDecoder();
    private static final Packet PACKET = new Packet();
    private static final FieldRegistry FIELDS = new FieldRegistry(Dictionaries.builtIn());
    private static final Dissector DISSECTOR = new Dissector(FIELDS);
    private static final PacketTree TREE = new PacketTree();
    private static final JsonFactory JSON = new JsonFactory();

    private PrintTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < FRAME_AT) {
            return;
        }
        byte[] file = capture((input[0] & 0xFF) << 8 | input[1] & 0xFF, input);
        try (Octets octets = Octets.of(file); Capture capture = Capture.of(octets, new FaultLog())) {
            FrameCursor cursor = capture.cursor(new FaultLog());
            while (cursor.next()) {
                DECODER.decode(octets, cursor.frame(), PACKET);
                DISSECTOR.dissect(octets, cursor.frame(), PACKET, TREE);
                check(TREE.size() <= NODES_OF_A_FRAME + MOST_NODES_AN_OCTET * input.length, "the tree is bounded");
                for (int node = 1; node < TREE.size(); node++) {
                    check(TREE.at(node) >= 0 && TREE.length(node) >= 0, "nodes have places");
                    check(TREE.parent(node) < node && TREE.end(node) > node, "nodes are in order");
                }
                text();
                json();
            }
        }
    }

    private static void text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TreeTextSink sink = new TreeTextSink(new ElementRoles(FIELDS), out, ZoneOffset.UTC, new HexDump(""), false);
        sink.packet("a.pcap", "a.pcap:1", TREE);
        sink.finish();
        for (byte octet : out.toByteArray()) {
            check(octet < 0 || octet >= ' ' && octet != 0x7F || octet == '\n', "control characters are not printed");
        }
    }

    private static void json() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TreeJsonSink sink = new TreeJsonSink(new ElementRoles(FIELDS), out, ZoneOffset.UTC);
        sink.packet("a.pcap", "a.pcap:1", TREE);
        sink.finish();
        byte[] line = out.toByteArray();
        check(line[line.length - 1] == '\n', "an object ends its line");
        try (JsonParser parser = JSON.createParser(line)) {
            while (parser.nextToken() != null) {
                // What is no JSON throws.
            }
        }
    }

    private static byte[] capture(int linkType, byte[] input) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(file, CaptureFormat.values()[0], linkType)) {
            writer.packet(0, input, FRAME_AT, input.length - FRAME_AT);
        }
        return file.toByteArray();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
