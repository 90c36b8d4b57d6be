package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.decode.Packet;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Values of the real captures of mobile cores, compared with what {@code tshark -T fields} prints. The captures lie beside
 * the project ({@code -Dcaptures=DIRECTORY}); a test that misses them, or tshark 4.0.17, is skipped.
 *
 * <p>Not compared: packets in fragments, which tshark puts together; TCP, in which tshark finds GTP; IEs of version 0 of GTP;
 * and messages of GTPv2 whose length is too small for their IEs, which tshark reads beyond it.
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
            PacketSchema.REASSEMBLY,
            PacketSchema.FAULT);
    /**
     * Named as in Wireshark, but compared elsewhere; or of an IMSI too, of which only a list of operators, which tshark has,
     * tells where its MNC ends.
     */
    private static final Set<IndexField> ELSEWHERE = Set.of(
            PacketSchema.FRAME_OFFSET,
            PacketSchema.FRAME_TIME,
            PacketSchema.FRAME_CAPTURED,
            PacketSchema.FRAME_LENGTH,
            PacketSchema.FRAME_INTERFACE,
            PacketSchema.MCC,
            PacketSchema.MNC);
    /** Spare bits that tshark counts in: what is more than the field can hold is not compared. */
    private static final Map<IndexField, Long> MOST =
            Map.of(PacketSchema.PFCP_QFI, 0x3FL, PacketSchema.ECI, 0xFFF_FFFFL);

    /** Capture, frame, field and tshark's value: why ours is another. */
    private static final Map<String, String> KNOWN = Map.of(
            "gtpv1-ies.pcap 36 e164.msisdn ",
            "the number is not said to be international; it is the subscriber's all the same",
            "gtpv1-ies.pcap 121 gtp.nsapi 0", "of an octet that the figure has as two",
            "gtpv1-ies.pcap 125 gtp.message ", "tshark does not know the type",
            "gtpv1-ies.pcap 125 gtp.teid ", "tshark does not know the type",
            "gtpv1-ies.pcap 125 gtp.seq_number ", "tshark does not know the type",
            "gtpv2-ies.pcap 153 gtpv2.ie_type 254", "the type that 254 stands for",
            "gtp_v2.uts.pcap 14 gtpv2.mei 2143658709000000", "within a UE's context",
            "gtp_v2.uts.pcap 15 gtpv2.mei 2143658709000000", "within a UE's context");

    private static List<IndexField> fields;

    private static boolean isOwn(IndexField field) {
        return OWN.contains(field) || DeclaredProtocols.builtIn().all().stream()
                .anyMatch(protocol -> field.name().startsWith(protocol.name() + '.'));
    }

    @BeforeAll
    static void shouldFindTshark() throws IOException, InterruptedException {
        fields = PacketSchema.FIELDS.stream().filter(field -> !isOwn(field) && !ELSEWHERE.contains(field))
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
        for (String name : new String[] {"pfcp-ies.pcap", "pfcp-vendor-ies.pcap", "pfcp-sessions.pcap",
            "gtpv2-ies.pcap",
            "gtpv1-ies.pcap", "gtpu-extension-headers.pcap"}) {
            compare(PROTOCOL.resolve("samples").resolve(name), fields);
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
                        .filter(field -> !isOwn(field) && field != PacketSchema.SERVICE_VLAN_ID)
                        .map(IndexField::name)
                        .filter(name -> !known.contains(name))
                        .toList());
    }

    private static void compare(Path file, List<IndexField> fields) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "fields"));
        fields.forEach(field -> command.addAll(List.of("-e", field.name())));
        List<String> expected = run(command);
        List<String> found = new ArrayList<>();
        List<Set<IndexField>> elsewhere = new ArrayList<>();
        PrintFields.each(file, (packet, text) -> {
            found.add(PrintFields.line(text, fields));
            boolean isElsewhere = isElsewhere(packet);
            elsewhere.add(fields.stream().filter(field -> isElsewhere || !isOf(packet, field))
                    .collect(Collectors.toSet()));
        });
        assertEquals(expected.size(), found.size(), file + ": packets");
        for (int i = 0; i < expected.size(); i++) {
            String[] theirs = expected.get(i).split("\t", -1);
            String[] ours = found.get(i).split("\t", -1);
            for (int f = 0; f < ours.length; f++) {
                IndexField field = fields.get(f);
                boolean begins = BEGIN.contains(field) && (ours[f].isEmpty() || theirs[f].startsWith(ours[f] + ","));
                String known = KNOWN.get(file.getFileName() + " " + (i + 1) + " " + field + " " + theirs[f]);
                if (!begins && !elsewhere.get(i).contains(field) && !isMore(field, theirs[f]) && known == null) {
                    assertEquals(theirs[f], ours[f], file + " frame " + (i + 1) + ": " + field.name());
                }
            }
        }
    }

    private static boolean isMore(IndexField field, String values) {
        Long most = MOST.get(field);
        return most != null && Arrays.stream(values.split(",")).filter(value -> !value.isEmpty())
                .anyMatch(value -> Long.decode(value) > most);
    }

    /** Whether a packet holds the protocol of a field. Others, which are not indexed, share names with those that are. */
    private static boolean isOf(Packet packet, IndexField field) {
        Set<Layer> layers = switch (field.name().substring(0, field.name().indexOf('.'))) {
            case "pfcp" -> EnumSet.of(Layer.PFCP);
            case "gtp" -> EnumSet.of(Layer.GTP, Layer.GTPPRIME);
            case "gtpv2" -> EnumSet.of(Layer.GTPV2);
            case "e212", "e164" -> EnumSet.of(Layer.PFCP, Layer.GTP, Layer.GTPPRIME, Layer.GTPV2);
            default -> EnumSet.allOf(Layer.class);
        };
        for (int i = 0; i < packet.count(); i++) {
            if (layers.contains(packet.layer(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isElsewhere(Packet packet) {
        for (int i = 0; i < packet.count(); i++) {
            boolean isVersion0 = packet.layer(i) == Layer.GTP && packet.octets().u8(packet.at(i)) >>> 5 == 0;
            if (packet.isFragment(i) || packet.layer(i) == Layer.TCP || isVersion0) {
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
