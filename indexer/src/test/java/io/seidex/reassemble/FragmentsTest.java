package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.Fragmenter;
import io.seidex.traffic.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FragmentsTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int ETHERNET = 14;
    private static final int TAGGED = 18;

    private static final byte[] MESSAGE = pfcp(300);

    private static byte[] pfcp(int length) {
        byte[] name = new byte[length];
        new Random(length).nextBytes(name);
        return new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
                .pfcp(52, 0x14000000000001L, 7).ie(22, name).toBytes();
    }

    private static byte[] pfcp6() {
        return new PacketBuilder().ethernet().ipv6("2001:db8::1", "2001:db8::2").udp(8805, 8805)
                .pfcp(52, 0x14000000000001L, 7).ie(22, new byte[1000]).toBytes();
    }

    private static List<byte[]> cut(byte[] frame, int identification) {
        return Fragmenter.cut(frame, ETHERNET, 128, identification);
    }

    /** Of each frame, its number, its layers, and from which frames it was put together. */
    private static List<String> read(List<byte[]> frames) {
        CaptureBuilder capture = CaptureBuilder.pcap();
        frames.forEach(capture::packet);
        return read(capture);
    }

    private static List<String> read(CaptureBuilder builder) {
        List<String> lines = new ArrayList<>();
        FaultLog faults = new FaultLog();
        Packet packet = new Packet();
        PacketDecoder decoder = new PacketDecoder();
        try (Capture capture = Capture.of(Octets.of(builder.toBytes()), faults);
                Fragments fragments = new Fragments(64 << 20, (whole, why) -> {
                    StringBuilder line = new StringBuilder().append(why);
                    while (whole.next()) {
                        line.append(' ').append(whole.frame());
                    }
                    while (whole.nextGap()) {
                        line.append(", missing ").append(whole.gapFrom()).append('-').append(whole.gapTo());
                    }
                    lines.add(line.toString());
                })) {
            fragments.over(0, capture.octets());
            FrameCursor cursor = capture.cursor(faults);
            while (cursor.next()) {
                decoder.decode(capture.octets(), cursor.frame(), packet);
                fragments.complete(cursor.frame(), cursor.frame().number(), packet, decoder);
                StringBuilder line = new StringBuilder().append(cursor.frame().number());
                for (int i = 0; i < packet.count(); i++) {
                    line.append(' ').append(packet.layer(i).label());
                }
                for (int i = 0; i < packet.faults(); i++) {
                    line.append(" !").append(packet.faultLayer(i).label()).append(':').append(packet.fault(i).label());
                }
                for (int i = 0; i < fragments.count(); i++) {
                    line.append(" =").append(fragments.layer(i).label()).append('[').append(fragments.length(i))
                            .append(']');
                    for (int k = 0; k < fragments.pieces(i); k++) {
                        line.append(k == 0 ? "" : ",").append(fragments.frame(i, k));
                    }
                }
                lines.add(line.toString());
            }
            fragments.end();
        }
        return lines;
    }

    @Test
    void shouldDecodeADatagramWhereItIsWhole() {
        assertEquals(List.of("1 eth ip", "2 eth ip", "3 eth ip udp pfcp =ip[328]1,2,3"), read(cut(MESSAGE, 1)));
        assertEquals("10 eth ipv6 udp pfcp =ipv6[1028]1,2,3,4,5,6,7,8,9,10",
                read(Fragmenter.cut(pfcp6(), ETHERNET, 112, 7)).getLast());
    }

    @Test
    void shouldReadWhatWouldHaveBeenThereInOnePiece() {
        List<byte[]> fragments = cut(MESSAGE, 1);
        Collections.swap(fragments, 0, 2);
        FaultLog faults = new FaultLog();
        CaptureBuilder builder = CaptureBuilder.pcap();
        fragments.forEach(builder::packet);
        Packet packet = new Packet();
        PacketDecoder decoder = new PacketDecoder();
        try (Capture capture = Capture.of(Octets.of(builder.toBytes()), faults);
                Fragments together = new Fragments(1 << 20, (whole, why) -> {})) {
            together.over(0, capture.octets());
            FrameCursor cursor = capture.cursor(faults);
            while (cursor.next()) {
                decoder.decode(capture.octets(), cursor.frame(), packet);
                together.complete(cursor.frame(), cursor.frame().number(), packet, decoder);
            }
            int udp = ETHERNET + 20;
            assertEquals(together.octets(), packet.octets());
            assertArrayEquals(Arrays.copyOfRange(MESSAGE, udp, MESSAGE.length),
                    packet.octets().copy(packet.at(2), packet.available(2)));
            // The frame's own headers stay what they were.
            assertArrayEquals(Arrays.copyOf(fragments.getLast(), udp), together.octets().copy(0, udp));
        }
    }

    @Test
    void shouldTakeFragmentsInAnyOrderAndTwice() {
        List<byte[]> fragments = cut(MESSAGE, 1);
        List<byte[]> frames = List.of(fragments.get(2), fragments.get(1), fragments.get(1), fragments.get(2),
                fragments.get(0), fragments.get(0), fragments.get(2));
        assertEquals("5 eth ip udp pfcp =ip[328]5,2,3,1,4", read(frames).get(4));
        assertEquals("7 eth ip", read(frames).get(6));
    }

    @Test
    void shouldSayWhereFragmentsMayBeCopiesOfTheDatagramBefore() {
        List<byte[]> fragments = cut(MESSAGE, 1);
        byte[] first = fragments.get(0).clone();
        first[first.length - 1] ^= 1;
        List<byte[]> frames = List.of(fragments.get(2), fragments.get(1), fragments.get(0), fragments.get(2),
                fragments.get(1), first);
        assertEquals(
                List.of("1 eth ip", "2 eth ip", "3 eth ip udp pfcp =ip[328]3,2,1", "4 eth ip", "5 eth ip",
                        "6 eth ip udp pfcp !ip:piece-repeated =ip[328]6,5,4"),
                read(frames));
    }

    @Test
    void shouldKeepDatagramsApart() {
        byte[] other = new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.3").udp(8805, 8805)
                .pfcp(52, 1, 7).ie(22, new byte[300]).toBytes();
        byte[] tagged = new PacketBuilder().ethernet().vlan(7).ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
                .pfcp(52, 1, 7).ie(22, new byte[300]).toBytes();
        byte[] tcp = new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").tcp(1, 2, 0, 0).zeros(308).toBytes();
        List<List<byte[]>> datagrams = List.of(cut(MESSAGE, 1), cut(pfcp(301), 2), cut(other, 1),
                Fragmenter.cut(tagged, TAGGED, 128, 1), cut(tcp, 1));
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (List<byte[]> datagram : datagrams) {
                frames.add(datagram.get(i));
            }
        }
        assertEquals(List.of("11 eth ip udp pfcp =ip[328]1,6,11", "12 eth ip udp pfcp =ip[329]2,7,12",
                "13 eth ip udp pfcp =ip[328]3,8,13", "14 eth vlan ip udp pfcp =ip[328]4,9,14",
                "15 eth ip tcp =ip[328]5,10,15"), read(frames).subList(10, 15));
    }

    /** A user's datagram that was divided before the tunnel, and whose parts the tunnel's own path divided again. */
    @Test
    void shouldPutTogetherWhatWasDividedTwice() {
        byte[] user = pfcp(1396);
        List<byte[]> frames = new ArrayList<>();
        List<byte[]> inner = Fragmenter.cut(user, ETHERNET, 512, 9);
        for (int teid = 1; teid <= 2; teid++) {
            int identification = 100 * teid;
            for (byte[] fragment : inner) {
                byte[] tunnelled = new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(2152, 2152)
                        .gtp(255, teid).octets(fragment, ETHERNET, fragment.length - ETHERNET).toBytes();
                frames.addAll(Fragmenter.cut(tunnelled, ETHERNET, 256, identification++));
            }
        }
        assertEquals(List.of("3 eth ip udp gtp ip =ip[548]1,2,3", "6 eth ip udp gtp ip =ip[548]4,5,6",
                "8 eth ip udp gtp ip udp pfcp =ip[436]7,8 =ip[1424]3,6,8",
                "11 eth ip udp gtp ip =ip[548]9,10,11", "14 eth ip udp gtp ip =ip[548]12,13,14",
                "16 eth ip udp gtp ip udp pfcp =ip[436]15,16 =ip[1424]11,14,16"),
                read(frames).stream().filter(line -> line.contains("=")).toList());
    }

    @Test
    void shouldRefuseFragmentsThatLie() {
        byte[] odd = cut(MESSAGE, 1).get(0);
        odd[ETHERNET + 3] -= 3;
        assertEquals("1 eth ip !ip:piece-length", read(List.of(odd)).getFirst());
        byte[] far = cut(MESSAGE, 1).get(2);
        far[ETHERNET + 6] = 0x1F;
        far[ETHERNET + 7] = (byte) 0xFF;
        assertEquals("1 eth ip !ip:piece-outside", read(List.of(far)).getFirst());
        byte[] empty = new PacketBuilder().ethernet()
                .ipv4(new byte[] {1, 1, 1, 1}, new byte[] {2, 2, 2, 2}, 1, 0x2000).protocol(17).toBytes();
        assertEquals("1 eth ip !ip:piece-empty", read(List.of(empty)).getFirst());
    }

    /** Of the second datagram the last fragment is lost: the others, under the same identification, are all there. */
    @Test
    void shouldFindWhatFollowsALostFragment() {
        List<byte[]> frames = cut(MESSAGE, 1);
        frames.addAll(cut(pfcp(301), 1).subList(0, 2));
        frames.addAll(cut(pfcp(302), 1));
        frames.addAll(cut(pfcp(300), 1));
        frames.addAll(cut(pfcp(303), 1));
        CaptureBuilder capture = CaptureBuilder.pcap();
        for (int i = 0; i < frames.size(); i++) {
            capture.packet(CaptureBuilder.START + (i + 1) / 3 * 2_000_000_000L, frames.get(i));
        }
        assertEquals(
                List.of("1 eth ip", "2 eth ip", "3 eth ip udp pfcp =ip[328]1,2,3", "4 eth ip", "5 eth ip",
                        "PIECE_CONFLICT 4 5", "6 eth ip !ip:piece-conflict", "7 eth ip",
                        "8 eth ip udp pfcp !ip:piece-conflict =ip[330]6,7,8", "9 eth ip", "10 eth ip",
                        "11 eth ip udp pfcp =ip[328]9,10,11", "12 eth ip", "13 eth ip",
                        "14 eth ip udp pfcp =ip[331]12,13,14"),
                read(capture));
    }

    @Test
    void shouldPutNothingTogetherInSilenceOfFragmentsThatDisagree() {
        List<byte[]> frames = cut(MESSAGE, 1);
        byte[] lies = frames.get(1).clone();
        lies[ETHERNET + 25]++;
        assertEquals(
                List.of("1 eth ip", "2 eth ip", "PIECE_CONFLICT 1 2", "3 eth ip !ip:piece-conflict", "4 eth ip",
                        "NONE 3 4, missing 0-128"),
                read(List.of(frames.get(0), lies, frames.get(1), frames.get(2))));
        assertEquals(
                List.of("1 eth ip", "2 eth ip", "PIECE_CONFLICT 1 2", "3 eth ip !ip:piece-conflict", "4 eth ip",
                        "5 eth ip udp pfcp !ip:piece-conflict =ip[328]5,3,4"),
                read(List.of(frames.get(0), lies, frames.get(1), frames.get(2), frames.get(0))));
    }

    /** A datagram's last fragment within the one before it, with other octets, and one that is larger than the datagram. */
    @Test
    void shouldPutNothingTogetherOfTeardrops() {
        List<byte[]> frames = cut(MESSAGE, 1);
        byte[] within = frames.get(2).clone();
        within[ETHERNET + 6] = 0;
        within[ETHERNET + 7] = 2;
        List<String> lines = read(List.of(frames.get(0), within));
        assertEquals(List.of("1 eth ip", "WHOLE_SIZE_CONFLICT 1", "2 eth ip !ip:size-conflict"), lines.subList(0, 3));
        byte[] behind = frames.get(1).clone();
        behind[ETHERNET + 7] = 60;
        lines = read(List.of(frames.get(2), behind, frames.get(0), frames.get(1)));
        assertEquals(0, lines.stream().filter(line -> line.contains("=")).count(), lines::toString);
    }

    @Test
    void shouldPutNothingTogetherThatOverlapsInIpv6() {
        List<byte[]> frames = new ArrayList<>(Fragmenter.cut(pfcp6(), ETHERNET, 512, 1));
        frames.add(1, Fragmenter.cut(pfcp6(), ETHERNET, 256, 1).get(1));
        frames.add(1, frames.get(0));
        List<String> lines = read(frames);
        assertEquals(List.of("1 eth ipv6", "2 eth ipv6", "3 eth ipv6 !ipv6:piece-overlap"), lines.subList(0, 3));
        assertTrue(lines.getLast().startsWith("PIECE_OVERLAP 1 2 3 4"), lines::toString);
    }

    @Test
    void shouldNotUseFragmentsThatTheCaptureCut() {
        CaptureBuilder builder = CaptureBuilder.pcap();
        long time = CaptureBuilder.START;
        for (byte[] frame : cut(MESSAGE, 1)) {
            builder.packet(0, time++, Arrays.copyOf(frame, frame.length - 1), frame.length);
        }
        assertEquals(
                List.of("1 eth ip udp pfcp !udp:payload-truncated !pfcp:payload-truncated", "2 eth ip", "3 eth ip"),
                read(builder));
    }

    @Test
    void shouldSayWhatIsMissing() {
        List<byte[]> frames = cut(MESSAGE, 1);
        frames.remove(1);
        assertEquals("NONE 1 2, missing 128-256", read(frames).getLast());
    }

    @Test
    void shouldForgetAfterAMinute() {
        List<byte[]> frames = cut(MESSAGE, 1);
        CaptureBuilder builder = CaptureBuilder.pcap();
        builder.packet(CaptureBuilder.START, frames.get(0));
        builder.packet(CaptureBuilder.START + 61_000_000_000L, frames.get(1));
        builder.packet(CaptureBuilder.START + 62_000_000_000L, frames.get(2));
        assertEquals(List.of("1 eth ip", "WHOLE_INCOMPLETE 1", "2 eth ip", "3 eth ip",
                "NONE 2 3, missing 0-128"), read(builder));
    }

    /** Random fragments of random datagrams, shuffled and doubled: all are put together, whatever the order. */
    @Test
    void shouldPutTogetherWhateverIsThere() {
        Random random = new Random(SEED);
        List<byte[]> frames = new ArrayList<>();
        int datagrams = 300;
        for (int i = 0; i < datagrams; i++) {
            byte[] frame = i % 2 == 0 ? pfcp(100 + random.nextInt(3000)) : pfcp6();
            List<byte[]> fragments = Fragmenter.cut(frame, ETHERNET, 8 * (1 + random.nextInt(12)), i);
            frames.addAll(fragments);
            frames.add(fragments.get(random.nextInt(fragments.size())));
        }
        Collections.shuffle(frames, random);
        List<String> lines = read(frames);
        assertEquals(datagrams, lines.stream().filter(line -> line.contains(" pfcp =")).count(), "-Dseed=" + SEED);
        assertEquals(0, lines.stream().filter(line -> line.contains("!")).count(), "-Dseed=" + SEED);
    }
}
