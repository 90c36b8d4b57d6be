package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.decode.Packet;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Values of the real captures of mobile cores, compared with what {@code tshark -T fields} prints. The captures lie beside
 * the project ({@code -Dcaptures=DIRECTORY}); a test that misses them, or tshark 4.0.17, is skipped.
 *
 * <p>Not compared: packets in fragments, which tshark puts together; TCP, in which tshark finds GTP; and messages of GTPv2
 * whose length is too small for their IEs, which tshark reads beyond it.
 */
class TsharkFieldsTest {
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));
    private static final Path PROTOCOL = Path.of(System.getProperty("protocol", "../../shared/protocol"));
    private static final String TSHARK = "TShark (Wireshark) 4.0.17";
    private static final int COMPRESSED = 2;

    /** Where tshark also shows what stands within tunnels, and what other protocols say. */
    private static final Set<IndexField> BEGIN = Set.of(
            PacketSchema.IP_SRC,
            PacketSchema.IP_DST,
            PacketSchema.IPV6_SRC,
            PacketSchema.IPV6_DST,
            PacketSchema.UDP_SRCPORT,
            PacketSchema.UDP_DSTPORT,
            PacketSchema.TCP_SRCPORT,
            PacketSchema.TCP_DSTPORT);
    /** Names that are the program's own. */
    private static final Set<IndexField> OWN = Set.of(
            PacketSchema.CAPTURE,
            PacketSchema.PROTOCOL,
            PacketSchema.COMMUNITY_ID,
            PacketSchema.FRAME_LINK_TYPE,
            PacketSchema.MESSAGES,
            PacketSchema.QUOTED,
            PacketSchema.SEID_ENDPOINT,
            PacketSchema.TEID_ENDPOINT,
            PacketSchema.PFCP_REPORT_TYPE,
            PacketSchema.PFCP_USAGE_REPORT_TRIGGER,
            PacketSchema.GTP_IE_TYPE,
            PacketSchema.FAULT);
    /** Named as in Wireshark, but compared elsewhere, or shown by tshark for protocols that are not indexed. */
    private static final Set<IndexField> ELSEWHERE = Set.of(
            PacketSchema.FRAME_OFFSET,
            PacketSchema.FRAME_TIME,
            PacketSchema.FRAME_CAPTURED,
            PacketSchema.FRAME_LENGTH,
            PacketSchema.FRAME_INTERFACE,
            PacketSchema.IMSI,
            PacketSchema.MSISDN);

    private static List<IndexField> fields;

    @BeforeAll
    static void shouldFindTshark() throws IOException, InterruptedException {
        fields = PacketSchema.FIELDS.stream().filter(field -> !OWN.contains(field) && !ELSEWHERE.contains(field))
                .toList();
        boolean found;
        try {
            found = run(List.of("tshark", "--version")).stream().anyMatch(line -> line.startsWith(TSHARK));
        } catch (IOException e) {
            found = false;
        }
        assumeTrue(found, "needs " + TSHARK);
    }

    @Test
    void shouldPrintRealCapturesAsTsharkDoes() throws IOException, InterruptedException {
        Path list = CAPTURES.resolve("INDEX.tsv");
        assumeTrue(Files.exists(list), "needs the real captures: " + list.toAbsolutePath().normalize() + " is missing");
        int compared = 0;
        for (String line : Files.readAllLines(list)) {
            String[] cells = line.split("\t");
            boolean isRead = cells[7].startsWith("pcap") && cells[7].split("\\.").length < COMPRESSED;
            if (isRead && (cells[9].contains("pfcp") || cells[9].contains(":gtp"))) {
                compare(CAPTURES.resolve(cells[0]), fields);
                compared++;
            }
        }
        assertTrue(compared > 0);
    }

    @Test
    void shouldPrintSampleElementsAsTsharkDoes() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(PROTOCOL),
                "needs the samples: " + PROTOCOL.toAbsolutePath().normalize() + " is missing");
        List<IndexField> all =
                Stream.concat(fields.stream(), Stream.of(PacketSchema.IMSI, PacketSchema.MSISDN)).toList();
        for (String name : new String[] {"pfcp-ies.pcap", "pfcp-vendor-ies.pcap", "pfcp-sessions.pcap"}) {
            compare(PROTOCOL.resolve("samples").resolve(name), all);
        }
    }

    @Test
    void shouldNameFieldsAsWiresharkDoes() throws IOException {
        Path names = PROTOCOL.resolve("wireshark-fields.tsv");
        assumeTrue(Files.exists(names),
                "needs Wireshark's field names: " + names.toAbsolutePath().normalize() + " is missing");
        Set<String> known =
                Files.readAllLines(names).stream().map(line -> line.split("\t")[0]).collect(Collectors.toSet());
        assertEquals(
                List.of(),
                PacketSchema.FIELDS.stream()
                        .filter(field -> !OWN.contains(field) && field != PacketSchema.SERVICE_VLAN_ID)
                        .map(IndexField::name)
                        .filter(name -> !known.contains(name))
                        .toList());
    }

    private static void compare(Path file, List<IndexField> fields) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "fields"));
        fields.forEach(field -> command.addAll(List.of("-e", field.name())));
        List<String> expected = run(command);
        List<String> found = new ArrayList<>();
        List<Boolean> elsewhere = new ArrayList<>();
        PrintFields.each(file, (packet, text) -> {
            found.add(PrintFields.line(text, fields));
            elsewhere.add(isElsewhere(packet));
        });
        assertEquals(expected.size(), found.size(), file + ": packets");
        for (int i = 0; i < expected.size(); i++) {
            String[] theirs = expected.get(i).split("\t", -1);
            String[] ours = found.get(i).split("\t", -1);
            for (int f = 0; f < ours.length && !elsewhere.get(i); f++) {
                IndexField field = fields.get(f);
                boolean begins = BEGIN.contains(field) && (ours[f].isEmpty() || theirs[f].startsWith(ours[f] + ","));
                if (!begins) {
                    assertEquals(theirs[f], ours[f], file + " frame " + (i + 1) + ": " + field.name());
                }
            }
        }
    }

    private static boolean isElsewhere(Packet packet) {
        for (int i = 0; i < packet.count(); i++) {
            if (packet.isFragment(i) || packet.layer(i) == Layer.TCP) {
                return true;
            }
        }
        for (int i = 0; i < packet.faults(); i++) {
            if (packet.faultLayer(i) == Layer.GTPV2 && packet.fault(i) == Fault.IE_OVERRUN) {
                return true;
            }
        }
        return false;
    }

    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().toList();
    }
}
