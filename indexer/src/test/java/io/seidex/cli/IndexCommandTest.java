package io.seidex.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.batch.Runs;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.DictionaryFile;
import io.seidex.store.PacketIndex;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: exit codes, and who is told what. */
class IndexCommandTest {
    private static final Path SHARED = Path.of("..", "..", "shared", "captures");

    @TempDir
    Path home;

    private final PrintStream systemErr = System.err;
    private final PrintStream systemOut = System.out;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Path index;
    private Path capture;

    @BeforeEach
    void listen() throws IOException {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        index = home.resolve("an index");
        capture = Files.write(home.resolve("a b.pcap"), Traffic.seeded(1).capture(CaptureFormat.PCAP, 20));
    }

    @AfterEach
    void restore() {
        System.setErr(systemErr);
        System.setOut(systemOut);
    }

    private int run(Object... arguments) {
        err.reset();
        out.reset();
        return IndexerMain.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private List<String> said() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void assertOneLine(String part) {
        assertEquals(1, said().size(), () -> String.join("\n", said()));
        assertTrue(said().getFirst().contains(part), said().getFirst());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldIndexACapture() throws IOException {
        assertEquals(0, run("index", capture, "--index", index, "--threads", 2, "--memory", "256M"));
        assertEquals(2, said().size(), () -> String.join("\n", said()));
        assertTrue(said().getFirst().startsWith("1 capture, 20 packets, 20 documents, "), said().getFirst());
        assertEquals(20, PacketIndex.open(index).documents());
        assertEquals("", out.toString(StandardCharsets.UTF_8), "standard output is data");
    }

    @Test
    void shouldIndexStandardInputAndKeepIt() throws IOException {
        byte[] octets = Files.readAllBytes(capture);
        assertEquals(0, runWith(octets, "index", "-", "--index", index));
        assertTrue(said().getFirst().startsWith("1 capture, 20 packets"), said().getFirst());
        String path = PacketIndex.open(index).captures().getFirst().path();
        assertTrue(path.endsWith("/-"), path);
        assertArrayEquals(octets, Files.readAllBytes(Path.of(path)));

        assertEquals(0, runWith(octets, "index", "--index", index, "-"));
        assertEquals(20, PacketIndex.open(index).documents());
        String text =
                "+---------+---------------+----------+\n01:03:35,089,675 ETHER\n|0 |" + "01|".repeat(12) + "88|b5|\n";
        assertEquals(0, runWith(text.getBytes(StandardCharsets.US_ASCII), "index", "-", "--index", index));
        assertEquals(2, PacketIndex.open(index).captures().size());
        assertEquals(2, kept());
    }

    @Test
    void shouldKeepNothingOfAStandardInputThatIsNoCapture() throws IOException {
        assertEquals(3, runWith("no capture".getBytes(StandardCharsets.US_ASCII), "index", "-", "--index", index));
        assertTrue(said().getFirst().contains("unknown-format"), said().getFirst());
        assertEquals(3, runWith(new byte[0], "index", "-", capture, "--index", index));
        assertTrue(said().getFirst().contains("empty"), said().getFirst());
        assertEquals(20, PacketIndex.open(index).documents());
        assertEquals(0, kept());
    }

    private int runWith(byte[] standardInput, Object... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(standardInput));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private long kept() throws IOException {
        try (Stream<Path> kept = Files.list(index.resolve("stdin"))) {
            return kept.count();
        }
    }

    @Test
    void shouldKeepWhichOctetsAreStored() throws IOException {
        assertEquals(0, run("index", capture, "--index", index, "--payload", "all"));
        assertEquals("all", PacketIndex.open(index).settings().payload());
        assertEquals(2, run("index", capture, "--index", index));
        assertOneLine("payload all, not reassembled");
    }

    @Test
    void shouldRefuseWrongUsage() {
        assertEquals(2, run("index", capture));
        assertOneLine("--index=DIR");
        assertEquals(2, run("index", "--index", index));
        assertOneLine("PATH");
        assertEquals(2, run("index", capture, "--index", index, "--threads", 0));
        assertOneLine("--threads");
        assertEquals(2, run("index", capture, "--index", index, "--threads", "many"));
        assertOneLine("many");
        assertEquals(2, run("index", capture, "--index", index, "--memory", "much"));
        assertOneLine("much");
        assertEquals(2, run("index", capture, "--index", index, "--memory", "255M"));
        assertOneLine("at least 256M");
        assertEquals(2, run("index", capture, "--index", index, "--split-size", "1023K"));
        assertOneLine("at least 1M");
        assertEquals(2, run("index", capture, "--index", index, "--payload", "some"));
        assertOneLine("--payload");
        assertEquals(2, run("index", home.resolve("nowhere.pcap"), capture, "--index", index));
        assertOneLine("nowhere.pcap");
        assertEquals(2, run("nothing"));
        assertOneLine("nothing");
        assertEquals(2, run());
        assertFalse(Files.exists(index), "nothing was begun");
    }

    @Test
    void shouldSayWhatSizesItTakes() {
        assertEquals(0, run("index", "--help"));
        String help = out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        for (String said : List.of("at least 256M", "parts of about this size; at least 1M")) {
            assertTrue(help.contains(said), help);
        }
    }

    @Test
    void shouldRefuseOtherSettingsAndOtherDirectories() throws IOException {
        assertEquals(0, run("index", capture, "--index", index, "--split-size", "2M"));
        assertEquals(2, run("index", capture, "--index", index, "--split-size", "4M"));
        assertOneLine("split size 2097152, not 4194304");
        assertEquals(2, run("index", capture, "--index", capture));
        assertOneLine("is not a directory");
        Path others = Files.createDirectory(home.resolve("others"));
        Files.createFile(others.resolve("thesis.tex"));
        assertEquals(2, run("index", capture, "--index", others));
        assertOneLine("is not empty");
        Files.writeString(index.resolve("settings.json"), "{\"seidex\": 99}");
        assertEquals(2, run("index", capture, "--index", index));
        assertOneLine("format 99");
        Files.writeString(index.resolve("settings.json"), "{\"seidex\": ");
        assertEquals(2, run("index", capture, "--index", index));
        assertOneLine("settings.json is broken");
    }

    @Test
    void shouldSayWhatIsBrokenInAManifest() throws IOException {
        run("index", capture, "--index", index);
        Path shard = PacketIndex.open(index).shards().getFirst().path();
        Files.delete(index.resolve("catalog"));
        Files.writeString(shard.resolve("manifest.json"), "{\n \"format\": 1,\n \"name\": 7}");
        assertEquals(2, run("index", capture, "--index", index));
        assertOneLine("manifest.json is broken");
        assertOneLine("remove the directory " + shard);
    }

    @Test
    void shouldNameDamageAndExitWith3() throws IOException {
        Path captures = Files.createDirectory(home.resolve("captures"));
        byte[] cut = Traffic.seeded(1).capture(CaptureFormat.PCAP, 2);
        Files.write(captures.resolve("cut.pcap"), java.util.Arrays.copyOf(cut, cut.length - 1));
        Files.writeString(captures.resolve("notes.txt"), "not a capture");
        Files.write(captures.resolve("strange.pcap"), CaptureBuilder.of(CaptureFormat.PCAP, 147)
                .packet(new byte[] {1, 2, 3})
                .toBytes());
        assertEquals(3, run("index", captures, "--index", index, "--json"));
        String text = String.join("\n", said());
        assertTrue(
                text.contains("record  truncated  1 ×  first: " + captures.resolve("cut.pcap") + " frame 2 offset 0x"),
                text);
        assertTrue(
                text.contains("frame  link-type-unknown  1 ×  first: " + captures.resolve("strange.pcap")
                        + " frame 1 offset 0x28: link type 147"),
                text);
        assertTrue(text.contains("file  unknown-format  " + captures.resolve("notes.txt")), text);
        List<String> objects = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(4, objects.size(), objects.toString());
        assertTrue(objects.getLast().startsWith("{\"kind\":\"summary\",\"captures\":2,"), objects.getLast());
        assertEquals(3, run("index", captures, "--index", index), "it is still damaged");
    }

    @Test
    void shouldFailIfItsObjectsCannotBeWritten() throws IOException {
        System.setOut(new PrintStream(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        }));
        assertEquals(1, IndexerMain.run("index", capture.toString(), "--index", index.toString(), "--json"));
        assertTrue(said().getLast().contains("standard output"), said().getLast());
        assertEquals(20, PacketIndex.open(index).documents());
    }

    @Test
    void shouldNameAFileInOneLineWhateverItsName() throws IOException {
        Path odd = Files.writeString(home.resolve("a\n\u001b[31mb"), "not a capture");
        assertEquals(3, run("index", odd, "--index", index));
        assertTrue(said().getFirst().contains("a\\n\\x1b[31mb: "), said().getFirst());
    }

    @Test
    void shouldSayThatADirectoryHoldsNothing() throws IOException {
        Path empty = Files.createDirectory(home.resolve("empty"));
        assertEquals(3, run("index", empty, "--index", index));
        assertTrue(said().getFirst().endsWith("no files in " + empty), said().getFirst());
    }

    @Test
    void shouldPassOverHiddenFilesLoopsAndIndexes() throws IOException {
        Path captures = Files.createDirectories(home.resolve("captures/deep"));
        Files.copy(capture, captures.resolve("a.pcap"));
        Files.copy(capture, captures.resolve(".hidden.pcap"));
        Files.createSymbolicLink(captures.resolve("loop"), home.resolve("captures"));
        Path inside = captures.resolve("index");
        assertEquals(0, run("index", home.resolve("captures"), "--index", inside));
        assertEquals(20, PacketIndex.open(inside).documents());
        assertEquals(0, run("index", home.resolve("captures"), "--index", inside));
    }

    @Test
    void shouldLetNobodyElseReadTheIndex() throws IOException {
        assumeTrue(home.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        run("index", capture, "--index", index);
        try (Stream<Path> files = Files.walk(index)) {
            for (Path file : files.toList()) {
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
                assertTrue(rights.stream().allMatch(right -> right.name().startsWith("OWNER")), file + " " + rights);
            }
        }
    }

    @Test
    void shouldIndexEveryCaptureThatWeHave() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), SHARED + " is missing: real captures are not indexed");
        assertEquals(3, run("index", SHARED, "--index", index, "--threads", 2));
        PacketIndex packets = PacketIndex.open(index);
        long frames = packets.captures().stream().mapToLong(of -> of.packets()).sum();
        assertTrue(frames > 50_000, "frames: " + frames);
        assertEquals(frames, packets.documents());
        assertEquals(frames, new ArrayList<>(Runs.content(index)).size());
        Runs.check(index);
    }

    @Test
    void shouldKeepWhatDictionariesSay() throws IOException {
        Path dictionary = Path.of("..", "docs", "dictionaries", "example.ies");
        assertEquals(IndexerMain.DONE, run("index", capture, "--index", index, "--dictionary", dictionary));
        Dictionaries known = PacketIndex.open(index).settings().dictionaries();
        assertEquals("Subscriber", known.pfcp().element(64999, 32800).name());
        Path copy = Files.copy(dictionary, home.resolve("copy.ies"));
        assertEquals(IndexerMain.DONE, run("index", capture, "--index", index, "--dictionary", copy),
                "the text is the same");
    }

    @Test
    void shouldRefuseOtherDictionaries() throws IOException {
        Path a = Files.writeString(home.resolve("a.ies"), "protocol pfcp\nie 9:32800 A\n");
        Path b = Files.writeString(home.resolve("b.ies"), "protocol pfcp\nie 9:32800 B\n");
        assertEquals(IndexerMain.DONE, run("index", capture, "--index", index, "--dictionary", a));
        assertEquals(IndexerMain.DONE, run("index", capture, "--index", index), "an index knows its dictionaries");
        assertEquals(List.of(a.toString()), PacketIndex.open(index).settings().dictionaryFiles().stream()
                .map(DictionaryFile::name).toList());
        assertEquals(IndexerMain.USAGE, run("index", capture, "--index", index, "--dictionary", b));
        assertEquals(List
                .of("seidex index: " + index + " was made with other settings: dictionary " + a + ", from which " + b
                        + " differs in line 2; index into a new directory, or ask for the same"),
                said());
        assertEquals(IndexerMain.USAGE, run("index", capture, "--index", index, "--dictionary", a, "--dictionary", b));
        assertEquals(IndexerMain.DONE, run("index", capture, "--index", index, "--dictionary", a));
    }

    @Test
    void shouldKeepTheProtocolsOfAnIndex() throws IOException {
        Path own = Files.writeString(home.resolve("own.protocol"), "protocol own\nover udp 5000\nheader = a:u8\n");
        Path more = Files.writeString(home.resolve("more.protocol"),
                "protocol own\nover udp 5000\nheader = a:u8; b:u8\n");
        assertEquals(IndexerMain.DONE, run("index", capture, "--index", index, "--dictionary", own));
        assertTrue(PacketIndex.open(index).schema().field("own.a").isPresent());
        assertEquals(IndexerMain.USAGE, run("index", capture, "--index", index, "--dictionary", more));
        assertOneLine("made with other settings: dictionary " + own + ", from which " + more
                + " differs in line 3; index into");
        Path clash = Files.writeString(home.resolve("clash.protocol"), "protocol own\nover udp 8805\n");
        assertEquals(IndexerMain.USAGE, run("index", capture, "--index", home.resolve("b"), "--dictionary", clash));
        assertOneLine(clash + ":2:10: UDP port 8805 is that of pfcp already");
        assertFalse(Files.exists(home.resolve("b")));
    }

    @Test
    void shouldSayWhereADictionaryIsWrong() throws IOException {
        Path wrong = Files.writeString(home.resolve("v.ies"), "protocol pfcp\n\nie 9:32800 A = a:u9\n");
        assertEquals(IndexerMain.USAGE, run("index", capture, "--index", index, "--dictionary", wrong));
        assertEquals(List.of("seidex index: " + wrong + ":3:18: 'u9' is no type ('seidex index --help' says more)"),
                said());
        assertFalse(Files.exists(index));
        Path missing = home.resolve("missing.ies");
        assertEquals(IndexerMain.USAGE, run("index", capture, "--index", index, "--dictionary", missing));
        assertEquals(1, said().size());
        assertTrue(said().getFirst().contains("missing.ies"), said()::toString);
        assertEquals(IndexerMain.USAGE, run("index", capture, "--index", index, "--dictionary", capture));
        assertTrue(said().getFirst().contains("the file is not text in UTF-8"), said()::toString);
    }
}
