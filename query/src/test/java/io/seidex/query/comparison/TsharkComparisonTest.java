package io.seidex.query.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.Dictionaries;
import io.seidex.query.Tshark;
import io.seidex.query.Tshark.CaptureRow;
import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.filter.FilterBinder;
import io.seidex.schema.PacketSchema;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every field that tshark knows and that this program knows, printed by both for every packet of captures.
 *
 * <p>The captures: generated traffic, also with fragments, of which some are lost and some late; the samples of information elements; the real
 * captures of mobile protocols, those with IP fragments, those that the list of known differences names, and of the others a
 * part; {@code -Dcaptures.all=true} takes all.
 */
class TsharkComparisonTest {
    private static final boolean ALL = Boolean.getBoolean("captures.all");
    /** Of the captures without mobile protocols, one of so many. */
    private static final int SHARE = 16;

    /** Names that are this program's, for what Wireshark has no name for, or one for each thing. */
    private static final Set<String> OWN = Set.of("ip.options", "gtp.ie_type");

    @TempDir
    Path directory;

    @BeforeAll
    static void assumeTshark() throws IOException {
        Tshark.assume();
    }

    @Test
    void shouldPrintWhatTsharkPrints(TestReporter reporter) throws IOException {
        KnownDifferences known = KnownDifferences.read();
        Comparison comparison = new Comparison(fields(), known, directory);
        comparison.compare(captures(known));
        Path report = Files.createDirectories(Path.of("target", "comparison"));
        Files.write(report.resolve("differences.txt"), comparison.differences());
        Files.write(report.resolve("fields.txt"), comparison.met());
        Files.write(report.resolve("known.txt"), known.uses());
        reporter.publishEntry("COMPARED", comparison.summary());
        assertTrue(comparison.differences().isEmpty(), () -> "see " + report.toAbsolutePath() + ":\n"
                + String.join("\n", comparison.differences().stream().limit(40).toList()));
        assertEquals(List.of(), known.idle(), "nothing differs any more; take out of the list");
    }

    @Test
    void shouldNameFieldsAsWiresharkDoes() throws IOException {
        Map<String, String> types = Tshark.fieldTypes();
        assertEquals(List.of(), new FieldRegistry(Dictionaries.builtIn()).fields().stream()
                .filter(field -> field.isWiresharks() && !field.name().isEmpty() && field.kind() == Field.Kind.VALUE)
                .map(Field::name).distinct()
                .filter(name -> types.containsKey(name.substring(0, Math.max(0, name.indexOf('.')))))
                .filter(name -> !types.containsKey(name) && !OWN.contains(name)).toList());
    }

    /** The names that both know and that have values. */
    private static List<String> fields() throws IOException {
        Map<String, String> types = Tshark.fieldTypes();
        Set<String> fields = new TreeSet<>(new FieldRegistry(Dictionaries.builtIn()).names());
        fields.addAll(FilterBinder.EITHER.keySet());
        PacketSchema.builtIn().fields().forEach(field -> fields.add(field.name()));
        fields.removeIf(name -> types.getOrDefault(name, "FT_PROTOCOL").equals("FT_PROTOCOL"));
        fields.remove("frame.number");
        return List.copyOf(fields);
    }

    private Map<String, Path> captures(KnownDifferences known) throws IOException {
        Map<String, Path> captures = new LinkedHashMap<>();
        for (String name : Traffic.NAMES) {
            Path file = directory.resolve(name + ".pcap");
            Traffic.named(name, 3).write(file, CaptureFormat.PCAP, 400);
            captures.put("generated/" + name + ".pcap", file);
        }
        for (String name : List.of("every-interface", "n4-session-churn", "mixed-core")) {
            Path file = directory.resolve("fragments-" + name + ".pcap");
            Traffic.named(name, 7).fragmented(5).lost(1).disordered(20).write(file, CaptureFormat.PCAP, 500);
            captures.put("generated/" + file.getFileName(), file);
        }
        for (Path sample : Tshark.samples()) {
            captures.put("samples/" + sample.getFileName(), sample);
        }
        Set<String> contents = new HashSet<>();
        for (CaptureRow row : Tshark.captures()) {
            boolean isChosen = row.protocols().contains("pfcp") || row.protocols().contains("gtp")
                    || row.notes().contains("-fragments(") || known.names(row.name())
                    || row.name().hashCode() % SHARE == 0;
            if (row.isUncompressed() && (ALL || isChosen) && contents.add(digest(row.path()))) {
                captures.put(row.name(), row.path());
            }
        }
        return captures;
    }

    /** An index holds the same content once, whatever its names. */
    private static String digest(Path path) throws IOException {
        byte[] octets = Files.readAllBytes(path);
        return octets.length + ":" + Arrays.hashCode(octets);
    }
}
