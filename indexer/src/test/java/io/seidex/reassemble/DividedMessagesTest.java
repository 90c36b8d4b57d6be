package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Division.End;
import io.seidex.reassemble.Division.Place;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Messages of a made-up protocol over UDP, whose pieces begin with six octets: identity, number, count (or flags, or length),
 * 16 bits each.
 */
class DividedMessagesTest {
    private static final Division NUMBERED = Division.numbered(1);
    private static final int FIRST = 1;
    private static final int LAST = 2;

    private final CaptureBuilder capture = CaptureBuilder.pcap();
    private long time = CaptureBuilder.START;

    private DividedMessagesTest piece(int client, int identity, int number, int count, String text) {
        time += 1000;
        capture.packet(time, new PacketBuilder().ethernet().ipv4("192.0.2." + client, "192.0.2.100")
                .udp(63313, 4352).u16(identity).u16(number).u16(count).text(text).toBytes());
        return this;
    }

    /** Of each frame whatever there is to tell. */
    private List<String> read(Division division) {
        List<String> lines = new ArrayList<>();
        FaultLog faults = new FaultLog();
        Packet packet = new Packet();
        PacketDecoder decoder = new PacketDecoder(DeclaredProtocols.NONE);
        try (Capture read = Capture.of(Octets.of(capture.toBytes()), faults);
                DividedMessages messages = new DividedMessages(1 << 20, 60_000_000_000L, (whole, why) -> {
                    StringBuilder line = new StringBuilder().append(why);
                    while (whole.next()) {
                        line.append(' ').append(whole.frame());
                    }
                    while (whole.nextGap()) {
                        line.append(", missing ").append(whole.gapFrom()).append('-').append(whole.gapTo() - 1);
                    }
                    lines.add(line.toString());
                })) {
            messages.over(0, read.octets());
            FrameCursor cursor = read.cursor(faults);
            while (cursor.next()) {
                Octets octets = read.octets();
                decoder.decode(octets, cursor.frame(), packet);
                int udp = packet.count() - 1;
                assertEquals(Layer.UDP, packet.layer(udp));
                long at = packet.at(udp) + 8;
                int length = packet.available(udp) - 8 - 6;
                long size = octets.u16(at + 4);
                messages.begin(1, packet, udp).add(octets.u16(at));
                boolean flags = division.end() == End.FLAG;
                boolean whole = messages.offer(division, cursor.frame(), at + 6, length, octets.u16(at + 2), size,
                        flags && (size & FIRST) != 0, flags && (size & LAST) != 0);
                if (whole) {
                    lines.add(cursor.frame().number() + " = "
                            + new String(messages.octets().copy(0, (int) messages.length()),
                                    StandardCharsets.ISO_8859_1));
                }
                if (messages.fault() != Fault.NONE) {
                    lines.add(cursor.frame().number() + " !" + messages.fault().label());
                }
            }
            messages.end();
        }
        return lines;
    }

    /** The two packets of a well-known example of such a protocol. */
    @Test
    void shouldPutTheExampleTogether() {
        capture.packet(Bytes.hex("080027db63e0 08002763e101 0800 45000032 5f414000 40119450 c0a80101 c0a80102"
                + "f7511100 001e4759 0033 0001 0002 0000001a 6162636465666768696a6b6c"));
        capture.packet(Bytes.hex("080027db63e0 08002763e101 0800 45000030 5f414000 40119450 c0a80101 c0a80102"
                + "f7511100 001c4733 0033 0002 0002 6d6e6f707172737475767778797a"));
        assertEquals(List.of("2 = \0\0\0\u001Aabcdefghijklmnopqrstuvwxyz"), read(NUMBERED));
    }

    @Test
    void shouldKeepClientsApart() {
        piece(1, 7, 1, 2, "ab").piece(2, 7, 2, 2, "CD").piece(2, 7, 1, 2, "AB").piece(1, 7, 2, 2, "cd");
        assertEquals(List.of("3 = ABCD", "4 = abcd"), read(NUMBERED));
    }

    @Test
    void shouldUseAnIdentityAgain() {
        piece(1, 7, 1, 2, "ab").piece(1, 7, 2, 2, "cd").piece(1, 7, 1, 2, "AB").piece(1, 7, 2, 2, "CD");
        assertEquals(List.of("2 = abcd", "4 = ABCD"), read(NUMBERED));
    }

    @Test
    void shouldTakeWhatIsDoubleOnce() {
        piece(1, 7, 2, 2, "cd").piece(1, 7, 2, 2, "cd").piece(1, 7, 1, 2, "ab").piece(1, 7, 1, 2, "ab");
        assertEquals(List.of("3 = abcd"), read(NUMBERED));
    }

    @Test
    void shouldSayWhatIsWrongWithNumbers() {
        piece(1, 1, 0, 2, "x").piece(1, 2, 3, 2, "x").piece(1, 3, 1, 0, "x").piece(1, 4, 0, 0, "x");
        assertEquals(List.of("1 !piece-outside", "2 !piece-outside", "3 !piece-outside", "4 !piece-outside"),
                read(NUMBERED));
    }

    @Test
    void shouldBeginAnewWhereCountsDisagree() {
        piece(1, 7, 1, 3, "ab").piece(1, 7, 1, 2, "AB").piece(1, 7, 2, 2, "CD");
        assertEquals(List.of("WHOLE_SIZE_CONFLICT 1, missing 2-3", "2 !size-conflict", "3 = ABCD",
                "3 !size-conflict"), read(NUMBERED));
    }

    @Test
    void shouldSayWhatNeverCame() {
        piece(1, 7, 2, 5, "ab").piece(1, 7, 4, 5, "cd");
        assertEquals(List.of("NONE 1 2, missing 1-1, missing 3-3, missing 5-5"), read(NUMBERED));
    }

    @Test
    void shouldTakeAPieceOfNothing() {
        piece(1, 7, 1, 2, "").piece(1, 7, 2, 2, "cd");
        assertEquals(List.of("2 = cd"), read(NUMBERED));
    }

    @Test
    void shouldTakeOffsetsAndAFlag() {
        piece(1, 7, 4, LAST, "ef").piece(1, 7, 0, 0, "abcd");
        assertEquals(List.of("2 = abcdef"), read(new Division(Place.OFFSET, 0, false, End.FLAG)));
    }

    @Test
    void shouldTakeOffsetsAndALength() {
        piece(1, 7, 4, 6, "ef").piece(1, 7, 0, 6, "abcd").piece(1, 8, 0, 2, "abcd");
        assertEquals(List.of("2 = abcdef", "3 !piece-outside"),
                read(new Division(Place.OFFSET, 0, false, End.LENGTH)));
    }

    @Test
    void shouldTakeNumbersAndALength() {
        piece(1, 7, 2, 6, "ef").piece(1, 7, 1, 6, "abcd").piece(1, 8, 0, 6, "abc").piece(1, 8, 1, 6, "defg");
        assertEquals(List.of("2 = abcdef", "3 !piece-outside", "NONE 4"),
                read(new Division(Place.NUMBER, 1, false, End.LENGTH)));
    }

    @Test
    void shouldTakeNumbersThatRunOn() {
        piece(1, 7, 41, LAST, "ef").piece(1, 7, 40, 0, "cd").piece(1, 7, 39, FIRST, "ab");
        piece(1, 7, 42, FIRST | LAST, "gh").piece(1, 7, 43, FIRST, "ij").piece(1, 7, 44, LAST, "kl");
        assertEquals(List.of("3 = abcdef", "4 = gh", "6 = ijkl"),
                read(new Division(Place.NUMBER, 0, true, End.FLAG)));
    }

    @Test
    void shouldTakeFlagsAlone() {
        piece(1, 7, 0, 0, "lost").piece(1, 7, 0, FIRST, "ab").piece(1, 7, 0, 0, "cd").piece(1, 7, 0, LAST, "ef");
        piece(1, 8, 0, FIRST, "gh").piece(1, 8, 0, FIRST, "ij").piece(1, 8, 0, LAST, "kl");
        assertEquals(List.of("1 !piece-outside", "4 = abcdef", "WHOLE_INCOMPLETE 5", "7 = ijkl"),
                read(new Division(Place.ARRIVAL, 0, false, End.FLAG)));
    }
}
