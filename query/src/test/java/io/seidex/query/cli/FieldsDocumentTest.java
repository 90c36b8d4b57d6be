package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.decode.IeCursor;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.query.TestIndex;
import io.seidex.query.filter.FilterBinder;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/fields.md says of every field what the schema says. {@code -Dgolden.update=true} writes it anew. */
class FieldsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "fields.md");

    @Test
    void shouldDescribeEveryField() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertEquals(expected, Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "",
                "docs/fields.md is stale: run the test with -Dgolden.update=true, and look at the difference");
    }

    @Test
    void shouldTellOfEveryField() {
        List<String> names = TestIndex.run("fields").lines().stream().map(line -> line.replaceAll(" .*", "")).toList();
        assertTrue(names.size() > 1000, names.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FieldsCommand fields = new FieldsCommand(new Terminal(out, System.err));
        for (String name : names) {
            out.reset();
            fields.name = name;
            assertEquals(ExitCode.DONE, assertDoesNotThrow(fields::call, name), name);
            assertTrue(out.toString(StandardCharsets.UTF_8).startsWith(name + ": "), name);
        }
    }

    @ParameterizedTest
    @CsvSource({"pfcp.report_type, USAR", "pfcp.usage_report_trigger, PERIO", "frame.protocols, pfcp", "quoted, udp"})
    void shouldListTheWordsOfAFieldOfWords(String name, String word) {
        assertTrue(TestIndex.run("fields", name).lines().contains(word), TestIndex.run("fields", name).out());
    }

    @ParameterizedTest
    @CsvSource({"pfcp.report_type, no", "pfcp.node_report_type, no", "pfcp.f_teid.flags, no", "pfcp.c_tag.tag, no",
        "ip.addr, no", "ip.o1, no", "ip.flags_and_offset, no", "seid.endpoint, no", "teid.endpoint, no", "messages, no",
        "gtp.ext_hdr.length, with", "pfcp.seid,", "ip.src,", "ip.version,", "frame.time,", "pfcp,", "fault,"})
    void shouldSayWhatIsNotShown(String name, String not) {
        List<String> said =
                TestIndex.run("fields", name).lines().stream().filter(line -> line.startsWith("show: ")).toList();
        assertEquals(not == null ? 0 : 1, said.size(), said.toString());
        assertTrue(not == null || said.getFirst().startsWith("show: " + not), said.toString());
    }

    /** Of a capture, every name that has a value and no line: its page says so, and the pages of those with a line do not. */
    @Test
    void shouldShowWhateverItDoesNotSayIsNotShown(@TempDir Path directory) {
        Path capture = Path.of("..", "docs", "n4.pcap");
        List<String> names = TestIndex.run("fields").lines().stream().filter(line -> !line.matches("\\S+ +protocol .*"))
                .map(line -> line.replaceAll(" .*", "")).toList();
        List<String> rows = TestIndex.of(directory, capture).fields("", names.toArray(new String[0])).lines();
        Set<String> valued = new TreeSet<>();
        for (String row : rows) {
            String[] values = row.split("\t", -1);
            assertEquals(names.size(), values.length);
            IntStream.range(0, values.length).filter(i -> !values[i].isEmpty()).mapToObj(names::get)
                    .forEach(valued::add);
        }
        assertTrue(valued.size() > 100, valued.toString());
        Set<String> shown = TestIndex.run("show", capture.toString()).lines().stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1)).collect(Collectors.toSet());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FieldsCommand fields = new FieldsCommand(new Terminal(out, System.err));
        Set<String> wrong = new TreeSet<>();
        for (String name : valued) {
            out.reset();
            fields.name = name;
            assertDoesNotThrow(fields::call, name);
            boolean saysNot = out.toString(StandardCharsets.UTF_8).contains("\nshow: ");
            // Spare bits that are 0 are worth no line, nor is a message that stands in one piece.
            if (saysNot == shown.contains(name) && !name.contains("spare") && !name.equals("payload")) {
                wrong.add(name);
            }
        }
        assertEquals(Set.of(), wrong);
    }

    private static String document() {
        StringBuilder text = new StringBuilder("""
                # Fields

                What the index holds. Filters may also ask for every other field of the protocols, and `-e` may print it: packets
                are then decoded again from their captures. `seidex fields` lists them all, and `seidex fields NAME` the labels of
                a field's values. This page is printed from the schema by a test.

                *terms*: every occurrence of the field in a packet is in the index; a filter on it opens no capture.
                *value*: the index keeps the value of the packet's first message, or of the frame: it is what is printed if the
                capture is gone. Of a field that is a value only, a packet with several messages is decoded again from its
                capture before it is answered.

                | field | type | in the index | what it is |
                |---|---|---|---|
                """);
        for (IndexField field : PacketSchema.builtIn().fields()) {
            row(text, field.name(), FieldTexts.type(field), FieldTexts.indexed(field), field.description());
        }
        text.append("""

                A filter on a field that is not here asks the index which packets hold its element (`pfcp.ie_type` and the like), and
                decodes only those. So rare elements need no field of their own. Identities that are not indexed are therefore:
                names of predefined rules (`pfcp.predef_rules_name`), identifiers of header handling besides its rules, and framed routes
                (`pfcp.framed_route`); addresses of a UE for one access of a multi-access session, of its NAT, and pools of addresses
                (`pfcp.ue_ip_address_pool_identity`); MAC addresses (`pfcp.mac_addresses_detected.mac_address`); slices
                (`pfcp.s_nssai_sst.sst`); identities that last a while (`gtp.ptmsi`, `gtpv2.m_tmsi`); multicast, its addresses and TEIDs
                (`gtpv2.cetid`, `gtp.mbms_ip_multicast_distribution.cteid`, `pfcp.multicast_transport_information.endpoint_identifier`);
                addresses of nodes that are no end of a session or tunnel, such as alternative SMFs, proxies, LNSs, charging gateways and
                collectors of traces (`gtp.chrg_ipv4`, `pfcp.trace_information.ipv4`); what a flow or redirection is described by, such
                as filters and server addresses; names and numbers of nodes (`gtpv2.node_name`, `gtpv2.fqdn`, `gtpv2.stn_sr`) and of sets of
                connections (`pfcp.csid`, `gtpv2.fq_csid_id`); APNs in a list of rate controls; identifiers of base stations, cells, location,
                routeing and service areas beyond those above (`gtpv2.enodebid`, `gtpv2.uli_cgi_ci`, `e212.cgi.mcc`, `gtp.sai_sac`): a cell
                of LTE or 5G is indexed as a whole (`gtpv2.ecgi_eci`, `gtpv2.ncgi_nrci`). A RANAP cause in PER (Extended RANAP Cause of GTPv1) and the IMEISV in the container of a GTPv1 MM Context
                are shown as what they are in octets.

                A fault is a layer and a kind: `fault == "pfcp:ie-malformed"`. What a packet has of them, its document, `-e fault` and
                `seidex show` say alike. An element without a value is no fault in the messages of PFCP that take something back by it
                (TS 29.244 5.6.3), nor where its layout needs no octet. An IMSI, MSISDN, MEI, APN or FQDN of GTP without a value is
                malformed, and so is an APN of GTP that is written as plain text: Wireshark says nothing, and takes its first letter for
                a length.

                """);
        text.append("Of tunnels in one another ").append(PacketDecoder.MAX_TUNNELS)
                .append(" are followed, of groups of PFCP and GTP ")
                .append(IeCursor.MAX_DEPTH)
                .append(": a deeper one has the fault `too-deep`, and what is in it is not read.\n");
        text.append("""

                | kind | what is wrong |
                |---|---|
                """);
        for (Fault.Subject subject : Fault.Subject.values()) {
            text.append("| **").append(subject.title()).append("** | |\n");
            FieldTexts.faults(subject).forEach(fault -> row(text, fault.label(), fault.meaning()));
        }
        text.append("\nLayers: `");
        text.append(Arrays.stream(Layer.values()).map(Layer::label).collect(Collectors.joining("` `"))).append("`\n");
        text.append("""

                Names that stand for other fields:

                | name | stands for |
                |---|---|
                """);
        FilterBinder.EITHER.keySet().stream().sorted().forEach(name -> {
            List<IndexField> fields = FilterBinder.EITHER.get(name);
            row(text, name, "`" + fields.getFirst() + "` or `" + fields.getLast() + "`");
        });
        row(text, FilterBinder.ABSOLUTE_TIME, "`" + PacketSchema.FRAME_TIME + "`, written as a date and time");
        text.append("""

                Protocols, which a packet holds or not; those of a datagram that an ICMP error quotes are among them:

                """);
        text.append('`').append(String.join("` `", FilterBinder.protocols(PacketSchema.builtIn()))).append("`\n");
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String... cells) {
        text.append("| `").append(name).append("` |");
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        text.append('\n');
    }
}
