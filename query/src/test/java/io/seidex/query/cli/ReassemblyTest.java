package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Border;
import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.query.TestIndex;
import io.seidex.query.Tshark;
import io.seidex.store.RangeDigest;
import io.seidex.store.Settings;
import io.seidex.store.ShardBuilder;
import io.seidex.store.Split;
import io.seidex.store.WritableIndex;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Fragmenter;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic a third of whose datagrams are divided, with their fragments out of order: found as if they were not. */
class ReassemblyTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int PACKETS = 2000;
    private static final int ETHERNET = 14;
    private static final String[] MESSAGE = {"pfcp.msg_type", "pfcp.seid", "pfcp.seqno", "udp.srcport", "udp.dstport",
        "gtpv2.message_type", "gtpv2.teid", "pfcp.f_teid.teid", "e212.imsi"};
    private static final String[] REASSEMBLY = {"frame.number", "ip.reassembled_in", "ip.fragment.count", "ip.fragment",
        "ip.reassembled.length", "ipv6.reassembled.in", "ipv6.fragment.count", "ipv6.fragment",
        "ipv6.reassembled.length", "pfcp.msg_type", "pfcp.seid", "pfcp.seqno", "udp.srcport"};

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private Path whole;
    private Path divided;

    @BeforeEach
    void write() throws IOException {
        Traffic traffic = Traffic.named("n4-session-churn", SEED).ipv6Every(3).gtpv2(20);
        whole = directory.resolve("whole.pcap");
        traffic.write(whole, CaptureFormat.PCAP, PACKETS);
        CaptureBuilder builder = CaptureBuilder.pcap();
        List<byte[]> late = new ArrayList<>();
        Packet packet = new Packet();
        try (Capture capture = Capture.open(whole, new FaultLog())) {
            PacketDecoder decoder = new PacketDecoder();
            for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
                Octets octets = capture.octets();
                decoder.decode(octets, cursor.frame(), packet);
                byte[] frame = octets.copy(cursor.frame().at(), cursor.frame().captured());
                boolean isIp = packet.count() > 1 && packet.at(1) == cursor.frame().at() + ETHERNET
                        && (packet.layer(1) == Layer.IP || packet.layer(1) == Layer.IPV6);
                List<byte[]> fragments = isIp && random.nextInt(3) == 0
                        ? Fragmenter.cut(frame, ETHERNET, 8 * (1 + random.nextInt(12)), random.nextInt(1 << 16))
                        : List.of(frame);
                for (byte[] fragment : fragments) {
                    late.add(late.isEmpty() ? 0 : random.nextInt(late.size()), fragment);
                }
                while (late.size() > 8) {
                    builder.packet(late.removeLast());
                }
            }
        }
        late.forEach(builder::packet);
        divided = builder.write(directory.resolve("divided.pcap"));
    }

    @Test
    void shouldFindMessagesAsIfTheyHadComeInOnePiece() {
        TestIndex expected = TestIndex.of(directory.resolve("expected"), whole);
        TestIndex found = TestIndex.of(directory.resolve("found"), divided);
        for (String filter : List.of("pfcp", "gtpv2", "pfcp.msg_type == 50", "pfcp.seid > 5 && pfcp.seqno > 9",
                "pfcp.cause == 1", "udp.port == 8805", "pfcp.node_id_ipv4")) {
            List<String> messages = new ArrayList<>(query(expected, filter, MESSAGE));
            List<String> together = new ArrayList<>(query(found, filter, MESSAGE));
            assertTrue(!messages.isEmpty(), filter);
            messages.sort(null);
            together.sort(null);
            assertEquals(messages, together, filter + ", -Dseed=" + SEED);
            assertEquals(messages.size() + "\n", found.query("--count", filter).out(), filter);
        }
    }

    @Test
    void shouldSayWhatTsharkSaysOfFragments() throws IOException {
        Tshark.assume();
        TestIndex index = TestIndex.of(directory.resolve("index"), divided);
        for (String filter : List.of("", "ip.reassembled_in", "ip.fragment.count > 2", "ip.fragment == 40",
                "ip.reassembled_in == 40 || ip.reassembled_in > 500", "!ipv6.reassembled.in && ipv6",
                "pfcp.seid == 7")) {
            assertEquals(Tshark.fieldsOfTwoPasses(divided, filter, REASSEMBLY).lines().toList(),
                    query(index, filter, REASSEMBLY), filter + ", -Dseed=" + SEED);
        }
    }

    @Test
    void shouldSayTheSameWhereverSegmentsEnd() throws IOException {
        TestIndex index = TestIndex.of(directory.resolve("index"), divided);
        Path small = directory.resolve("small");
        try (WritableIndex writable = WritableIndex.open(small, Settings.standard(), _ -> {})) {
            Split split = split();
            Path shard = writable.begin(split.name());
            writable.publish(shard,
                    new ShardBuilder(writable.settings(), 7, 64L << 20, () -> false).build(split, shard));
        }
        assertEquals(query(index, "", REASSEMBLY), query(TestIndex.at(small), "", REASSEMBLY));
    }

    private Split split() throws IOException {
        long size = Files.size(divided);
        try (Capture capture = Capture.open(divided, new FaultLog())) {
            Border first = capture.first();
            String id = RangeDigest.of(capture.octets(), 0, size);
            return Split.of(
                    List.of(new Split.Range(id, (int) size, divided.toString(), size, 0, 0, 0, first, size)));
        }
    }

    /** A user's datagram that was divided before the tunnel, and again on the tunnel's way. */
    @Test
    void shouldReadAgainWhatWasDividedTwice() {
        byte[] user = new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
                .pfcp(52, 0x77, 7).ie(22, new byte[1396]).toBytes();
        CaptureBuilder builder = CaptureBuilder.pcapng();
        int identification = 100;
        for (byte[] fragment : Fragmenter.cut(user, ETHERNET, 512, 9)) {
            byte[] tunnelled = new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(2152, 2152)
                    .gtp(255, 5).octets(fragment, ETHERNET, fragment.length - ETHERNET).toBytes();
            Fragmenter.cut(tunnelled, ETHERNET, 256, identification++).forEach(builder::packet);
        }
        TestIndex index = TestIndex.of(directory.resolve("index"), builder.write(directory.resolve("twice.pcapng")));
        assertEquals(List.of("8\t2,3\t7,8,3,6,8\t0x0000000000000077\t2152,8805"),
                query(index, "pfcp.seid == 0x77", "frame.number", "ip.fragment.count", "ip.fragment", "pfcp.seid",
                        "udp.srcport"));
        assertEquals(List.of("1\t3", "2\t3", "3\t8", "4\t6", "5\t6", "6\t8", "7\t8"),
                query(index, "ip.reassembled_in", "frame.number", "ip.reassembled_in"));
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7"),
                query(index, "reassembly == piece", "frame.number"));
        assertEquals(List.of("3", "6", "8"), query(index, "reassembly == whole", "frame.number"));
    }

    @Test
    void shouldSayWhatNeverCame() {
        byte[] message = new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
                .pfcp(52, 0x77, 7).ie(22, new byte[300]).toBytes();
        CaptureBuilder builder = CaptureBuilder.pcap();
        List<byte[]> complete = Fragmenter.cut(message, ETHERNET, 128, 1);
        List<byte[]> lacksMiddle = Fragmenter.cut(message, ETHERNET, 128, 2);
        List<byte[]> lacksEnd = Fragmenter.cut(message, ETHERNET, 128, 3);
        for (byte[] each : List.of(complete.get(0), lacksMiddle.get(0), lacksEnd.get(1), complete.get(1),
                lacksMiddle.get(2), complete.get(2), complete.get(2), lacksMiddle.get(0))) {
            builder.packet(each);
        }
        TestIndex index = TestIndex.of(directory.resolve("index"), builder.write(directory.resolve("lacks.pcap")));
        assertEquals(List.of("2\t128-255", "3\t0-127, 256-", "5\t128-255", "8\t128-255"),
                query(index, "reassembly.missing", "frame.number", "reassembly.missing"));
        assertEquals(List.of("1", "4"), query(index, "ip.reassembled_in == 6", "frame.number"));
        assertEquals(List.of("7"), query(index,
                "reassembly == piece && !ip.reassembled_in && !reassembly.missing", "frame.number"));
    }

    private static List<String> query(TestIndex index, String filter, String... fields) {
        return index.fieldsWithoutAWord(filter, fields).lines();
    }
}
