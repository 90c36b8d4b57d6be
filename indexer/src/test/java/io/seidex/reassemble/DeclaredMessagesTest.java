package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of protocols that the tests declare: what the declaration says is what is done. */
class DeclaredMessagesTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final String HEAD = "protocol p\nover udp 5000\n";

    private final CaptureBuilder capture = CaptureBuilder.pcap();
    private long time = CaptureBuilder.START;

    private PacketBuilder from(int client) {
        return new PacketBuilder().ethernet().ipv4("192.0.2." + client, "192.0.2.100").udp(40_000 + client, 5000);
    }

    private DeclaredMessagesTest packet(PacketBuilder packet) {
        return packet(packet.toBytes());
    }

    private DeclaredMessagesTest packet(byte[] packet) {
        time += 1000;
        capture.packet(time, packet);
        return this;
    }

    /** Of each frame its message, if it completes one, and its faults. */
    private List<String> read(String declaration) {
        DeclaredProtocols protocols = new DeclaredProtocols(List.of(DeclaredProtocol.read("test", HEAD + declaration)));
        List<String> lines = new ArrayList<>();
        Packet packet = new Packet();
        PacketDecoder decoder = new PacketDecoder(protocols);
        try (Capture read = Capture.of(Octets.of(capture.toBytes()), new FaultLog());
                DeclaredMessages messages = new DeclaredMessages(protocols, 1 << 20, (whole, why) -> {})) {
            messages.over(0, read.octets());
            FrameCursor cursor = read.cursor(new FaultLog());
            while (cursor.next()) {
                decoder.decode(read.octets(), cursor.frame(), packet);
                int last = packet.count() - 1;
                if (packet.layer(last) == Layer.DECLARED && messages.complete(cursor.frame(), packet, last)) {
                    byte[] message = messages.octets().copy(messages.at(), (int) messages.length());
                    lines.add(cursor.frame().number() + " = " + new String(message, StandardCharsets.ISO_8859_1));
                }
                for (int i = 0; i < packet.faults(); i++) {
                    lines.add(cursor.frame().number() + " !" + packet.faultLayer(i).label() + ':'
                            + packet.fault(i).label());
                }
            }
            messages.end();
        }
        return lines;
    }

    @Test
    void shouldSayOfEveryCountAndSizeThatCannotBe() {
        packet(from(1).u8(1).u8(1).u8(0).text("ab")).packet(from(1).u8(1).u8(0).u8(2).text("ab"));
        packet(from(1).u8(1).u8(3).u8(2).text("ab"));
        assertEquals(List.of("1 !declared:piece-outside", "2 !declared:piece-outside", "3 !declared:piece-outside"),
                read("header = id:u8; no:u8; count:u8\nidentity id\nnumber no from 1\ncount count"));
        String sized = "header = id:u8; at:u8; total:u8\nidentity id\noffset at\nsize total";
        assertEquals(List.of("1 !declared:piece-outside", "2 = ab", "3 !declared:piece-outside"), read(sized));
        packet(from(2).u8(1).u8(0).u8(0)).packet(from(2).u8(1).u8(0).u8(2));
        assertEquals(List.of("4 !declared:piece-outside", "5 !declared:piece-empty"), read(sized).subList(3, 5));
    }

    @Test
    void shouldTakeADatagramForAMessageWhereNothingIsDivided() {
        packet(from(1).u8(7).text("ab")).packet(from(1).u8(7)).packet(from(1));
        assertEquals(List.of("1 = ab", "2 = "), read("header = a:u8\nmessage = t:text[rest]"));
        assertEquals(List.of("1 = \u0007ab", "2 = \u0007"), read("message = t:text[rest]"));
    }

    @Test
    void shouldTakeLittleEndianOffsetsInUnitsAndAFlagForMore() {
        String declaration = """
                header = id:u32le; at:u16le; flags:u8{b8=more}
                identity id
                offset at times 4
                more flags.more
                """;
        packet(from(1).hex("01000000 0100 00").text("efg"));
        packet(from(1).hex("00000001 0000 80").text("ABCD"));
        packet(from(1).hex("01000000 0000 80").text("abcd"));
        packet(from(1).hex("00000001 0100 00").text("EFG"));
        assertEquals(List.of("3 = abcdefg", "4 = ABCDEFG"), read(declaration));
    }

    @Test
    void shouldTakeNumbersThatRunOnBetweenFlags() {
        String declaration = "header = n:u16; f:u8{b1=first,b2=last}\nnumber n\nfirst f.first\nlast f.last";
        packet(from(1).u16(9).u8(0).text("b")).packet(from(1).u16(8).u8(1).text("a"));
        packet(from(1).u16(10).u8(2).text("c")).packet(from(1).u16(11).u8(3).text("d"));
        assertEquals(List.of("3 = abc", "4 = d"), read(declaration));
    }

    @Test
    void shouldTakeASizeAndPartsInOrder() {
        packet(from(1).u8(1).u8(4).text("ab")).packet(from(1).u8(0).u8(4).text("cd"));
        assertEquals(List.of("2 = abcd"), read("header = f:u8; n:u8\nfirst f\nsize n"));
    }

    @Test
    void shouldKeepClientsPortsAndIdentitiesApart() {
        String declaration = "header = i:u8; n:u8; m:u8\nidentity i\nnumber n from 1\ncount m";
        for (int piece = 2; piece >= 1; piece--) {
            for (int client = 1; client <= 2; client++) {
                for (int identity = 1; identity <= 2; identity++) {
                    packet(from(client).u8(identity).u8(piece).u8(2).text(client + "." + identity + "." + piece + " "));
                }
            }
        }
        assertEquals(List.of("5 = 1.1.1 1.1.2 ", "6 = 1.2.1 1.2.2 ", "7 = 2.1.1 2.1.2 ", "8 = 2.2.1 2.2.2 "),
                read(declaration));
    }

    @Test
    void shouldSayWhatIsWrong() {
        String declaration = "header = i:u8; n:u32; m:u32\nidentity i\nnumber n from 1\ncount m";
        packet(from(1).u8(1).u32(0).u32(2).text("x"));
        packet(from(1).u8(1).u32(3).u32(2).text("x"));
        packet(from(1).u8(1).u32(1).u32(0).text("x"));
        packet(from(1).u8(1).u32(1).u24(2));
        byte[] whole = from(1).u8(1).u32(1).u32(1).text("abcd").toBytes();
        capture.packet(0, time += 1000, Arrays.copyOf(whole, whole.length - 1), whole.length);
        assertEquals(List.of("1 !declared:piece-outside", "2 !declared:piece-outside", "3 !declared:piece-outside",
                "4 !declared:header-truncated", "5 !declared:payload-truncated"), read(declaration));
    }

    /** Of 8 octets or 16 another can follow; of 7 none, unless it is the last. */
    @Test
    void shouldSayWherePiecesEndBetweenOffsets() {
        packet(from(1).u8(1).u8(0).u8(1).text("abcdefg"));
        packet(from(1).u8(1).u8(1).u8(0).text("hij"));
        packet(from(1).u8(1).u8(0).u8(1).text("abcdefgh"));
        packet(from(1).u8(2).u8(0).u8(1).text("abcdefghi"));
        assertEquals(List.of("1 !declared:piece-length", "3 = abcdefghhij", "4 !declared:piece-length"),
                read("header = i:u8; at:u8; more:u8\nidentity i\noffset at times 8\nmore more"));
    }

    @Test
    void shouldSayWherePiecesEndBetweenOffsetsOfASize() {
        packet(from(1).u8(1).u8(0).u8(11).text("abcdefg"));
        packet(from(1).u8(1).u8(1).u8(11).text("hij"));
        packet(from(1).u8(1).u8(0).u8(11).text("abcdefgh"));
        packet(from(1).u8(2).u8(0).u8(7).text("abcdefg"));
        assertEquals(List.of("1 !declared:piece-length", "3 = abcdefghhij", "4 = abcdefg"),
                read("header = i:u8; at:u8; all:u8\nidentity i\noffset at times 8\nsize all"));
    }

    @Test
    void shouldNotBelieveNumbersThatNoMessageHas() {
        packet(from(1).u64(-1).u64(-1).text("x")).packet(from(1).u64(1L << 50).u64(1L << 62).text("x"));
        List<String> refused = List.of("1 !declared:piece-outside", "2 !declared:piece-outside");
        assertEquals(refused, read("header = n:u64; m:u64\nnumber n\ncount m"));
        assertEquals(refused, read("header = n:u64; m:u64\noffset n times 65536\nsize m"));
        assertEquals(refused, read("header = n:u64; m:u64\noffset n times 65536\nlast m"));
    }

    /** Pieces of many messages of many clients, in any order, some twice: each message comes once, whole; one of a single piece, as often. */
    @Test
    void shouldPutShuffledMessagesTogether() {
        Random random = new Random(SEED);
        List<byte[]> packets = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int message = 0; message < 100; message++) {
            int client = 1 + random.nextInt(4);
            int pieces = 1 + random.nextInt(9);
            StringBuilder whole = new StringBuilder();
            int times = 1;
            for (int piece = 1; piece <= pieces; piece++) {
                String text = message + ":" + "x".repeat(random.nextInt(40)) + ";";
                whole.append(text);
                byte[] packet = from(client).u16(message).u16(piece).u16(pieces).text(text).toBytes();
                packets.add(packet);
                if (random.nextInt(5) == 0) {
                    packets.add(packet);
                    times = pieces == 1 ? 2 : 1;
                }
            }
            expected.addAll(Collections.nCopies(times, whole.toString()));
        }
        Collections.shuffle(packets, random);
        packets.forEach(this::packet);
        List<String> found = read("header = i:u16; n:u16; m:u16\nidentity i\nnumber n from 1\ncount m").stream()
                .map(line -> line.substring(line.indexOf('=') + 2)).sorted().toList();
        expected.sort(null);
        assertEquals(expected, found, "-Dseed=" + SEED);
    }

    @Test
    void shouldSurviveAnyOctets() {
        for (int round = 0; round < 200; round++) {
            Random random = new Random(SEED + round);
            byte[] payload = new byte[random.nextInt(24)];
            random.nextBytes(payload);
            packet(from(1 + random.nextInt(2)).octets(payload));
        }
        for (String division : List.of("number n from 1\ncount m", "offset n times 7\nsize m",
                "number n\nfirst m\nlast n",
                "first n\nmore m", "offset n\nlast m", "number n\nsize m")) {
            read("header = i:u8{b1=one}; n:u16le; m:u24\nidentity i.one\n" + division);
        }
    }
}
