package io.seidex.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Border;
import io.seidex.capture.CaptureInterface;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.store.Manifest.CaptureRow;
import io.seidex.store.Manifest.EndsRow;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.Manifest.InterfaceRow;
import io.seidex.store.Manifest.Part;
import io.seidex.store.Manifest.RefusedRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final long SEED = Long.getLong("seed", 1);

    static Manifest sample() {
        CaptureInterface pcap = new CaptureInterface(0, 0, true, 1, 1_000_000, 0, 0xFFFF_FFFFL, "");
        CaptureInterface pcapng = new CaptureInterface(3, 2, false, 276, Long.MIN_VALUE, -7, 0, "größer \"n4\"\n");
        CaptureInterface undescribed = new CaptureInterface(-1, -1, false, -1, 1_000_000, 0, 0, "");
        Border first = new Border(0, 1, -1, false, List.of());
        Border last = new Border(1L << 40, 1L << 33, 3, true, List.of(pcap, pcapng));
        List<FaultRow> faults = List.of(
                new FaultRow(Layer.RECORD, Fault.RECORD_TRUNCATED, 1, 12, 345, ""),
                new FaultRow(Layer.FILE, Fault.FILE_CUT, 1, 0, 0, "a \"word\""));
        return new Manifest(
                "0123",
                "1.2.3",
                "schema",
                List.of("cisco.ies"),
                List.of(
                        new CaptureRow("a", 4096, List.of("/x/キャプチャ.pcap", "/y"), 1L << 41, 17, -5, "pcap"),
                        new CaptureRow("b-2", 0, List.of("/z"), 0, -17, Long.MAX_VALUE, "pcapng")),
                List.of(
                        new Part(1, 0, 24, "d", first, last, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, List.of(),
                                EndsRow.NONE),
                        new Part(0, 1, 1L << 40, "e", last, last, 7, 0, 7, -3, 9, faults,
                                new EndsRow(1, 2, 3, 1L << 33))),
                List.of(new InterfaceRow(0, pcap), new InterfaceRow(1, pcapng), new InterfaceRow(1, undescribed)),
                List.of(new RefusedRow("/t", -1, -1, Fault.FILE_UNREADABLE)),
                7,
                7,
                List.of("eth", "pfcp"),
                List.of("old"),
                3,
                List.of(
                        new Join(
                                List.of(
                                        new Join.FrameRow(0, 0, 17, 1L << 34, Join.NONE, List.of()),
                                        new Join.FrameRow(1, 2, 1, 24, 0, List.of(
                                                new Join.PieceRow(Layer.IP, 1),
                                                new Join.PieceRow(Layer.DECLARED, 0)))),
                                List.of(new Join.Change(Layer.IP, Fault.WHOLE_INCOMPLETE, -1)),
                                -1, List.of(-5L, 1L << 40)),
                        new Join(List.of(), List.of(), 0, List.of())));
    }

    @Test
    void shouldReadWhatItWrote() throws IndexException {
        assertEquals(sample(), Manifest.read(sample().toJson(), "manifest"));
    }

    @Test
    void shouldReadAnOverlayThatWasMadeBefore() throws IndexException {
        String json = new String(sample().toJson(), StandardCharsets.UTF_8);
        String before = json.replaceAll("\\s*,\\s*\"(keys|pieces)\"\\s*:\\s*\\[[^\\]]*\\]", "");
        assertNotEquals(json, before);
        List<Join> joins = Manifest.read(before.getBytes(StandardCharsets.UTF_8), "manifest").joins();
        assertEquals(List.of(List.of(), List.of()), joins.stream().map(Join::keys).toList());
        assertEquals(sample().joins().stream().map(Join::open).toList(), joins.stream().map(Join::open).toList());
    }

    @Test
    void shouldReadWhatItWroteForTheCatalog() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        ManifestOctets.write(sample(), new DataOutputStream(octets));
        ByteBuffer in = ByteBuffer.wrap(octets.toByteArray());
        assertEquals(sample(), ManifestOctets.read(in));
        assertEquals(0, in.remaining());
    }

    @Test
    void shouldTolerateMembersThatItDoesNotKnow() throws IndexException {
        String json = new String(sample().toJson(), StandardCharsets.UTF_8)
                .replace("\"format\"", "\"later\" : { \"x\" : [ 1, 2.5, null ] }, \"format\"")
                .replace("\"open\" : {", "\"open\" : { \"trains\" : [ { } ],");
        assertEquals(sample(), Manifest.read(json.getBytes(StandardCharsets.UTF_8), "manifest"));
    }

    @Test
    void shouldSayInOneLineWhatIsBroken() {
        byte[] json = sample().toJson();
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            byte[] broken = random.nextBoolean() ? Arrays.copyOf(json, random.nextInt(json.length)) : json.clone();
            for (int i = random.nextInt(4); i >= 0 && broken.length > 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(128);
            }
            try {
                Manifest.read(broken, "/index/manifest.json");
            } catch (IndexException e) {
                assertTrue(e.getMessage().startsWith("/index/manifest.json is "), e.getMessage());
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            }
        }
    }

    @Test
    void shouldNotReadAnotherFormat() {
        String json =
                new String(sample().toJson(), StandardCharsets.UTF_8).replace("\"format\" : 1,", "\"format\" : 2,");
        IndexException e = assertThrows(
                IndexException.class, () -> Manifest.read(json.getBytes(StandardCharsets.UTF_8), "manifest"));
        assertTrue(e.getMessage().contains("format 2, this program reads 1"), e.getMessage());
    }

    @Test
    void shouldDigestARangeTheSameInAnyPieces() {
        byte[] content = new byte[3 * RangeDigest.PIECE + 12_345];
        Random random = new Random(SEED);
        random.nextBytes(content);
        try (Octets octets = Octets.of(content)) {
            String whole = RangeDigest.of(octets, 5, content.length);
            assertEquals(32, whole.length());
            RangeDigest digest = new RangeDigest();
            digest.begin(octets, 5);
            for (int to = 5; to < content.length; to += random.nextInt(300_000)) {
                digest.advance(to);
            }
            assertEquals(whole, digest.finish(content.length));
            assertNotEquals(whole, RangeDigest.of(octets, 5, content.length - 1));
            assertNotEquals(whole, RangeDigest.of(octets, 4, content.length));
        }
        for (int round = 0; round < 20; round++) {
            byte[] other = content.clone();
            other[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            assertNotEquals(RangeDigest.of(content), RangeDigest.of(other), "seed " + SEED);
        }
        // Pieces that change places.
        byte[] turned = content.clone();
        System.arraycopy(content, 0, turned, RangeDigest.PIECE, RangeDigest.PIECE);
        System.arraycopy(content, RangeDigest.PIECE, turned, 0, RangeDigest.PIECE);
        assertNotEquals(RangeDigest.of(content), RangeDigest.of(turned));
    }
}
