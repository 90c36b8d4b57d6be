package io.seidex.query.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.Dictionaries;
import io.seidex.query.TestIndex;
import io.seidex.query.Tshark;
import io.seidex.query.Tshark.CaptureRow;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A filter means what it means to tshark; one index a capture. */
class TsharkFilterTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String[] OPERATORS = {"==", "!=", "<", "<=", ">", ">="};

    /** Of every kind that the language has; on fields of every kind. */
    private static final List<String> FILTERS = List.of(
            "pfcp.msg_type == 50",
            "pfcp.msg_type != 50",
            "pfcp.version == 1 && pfcp.length > 20",
            "pfcp.f_teid_flags.ch == 1 || pfcp.f_seid_flags.v4 == 0",
            "pfcp.f_teid_flags.ch != True",
            "pfcp.ie_len in {4, 9..12}",
            "pfcp.source_interface == \"Access\"",
            "pfcp.dst_interface != 0 && !(pfcp.apply_action.drop == 1)",
            "pfcp.f_seid.ipv4 == 10.0.0.0/8",
            "pfcp.node_id_type",
            "eth.src == 00:00:00:00:00:00",
            "eth.type == 0x0800 && eth.dst != ff:ff:ff:ff:ff:ff",
            "ip.ttl > 63 && ip.proto == UDP",
            "ip.flags.df == 1 || ip.id == 0",
            "udp.length < 40",
            "tcp.flags.syn == 1 && tcp.flags.ack == 0",
            "gtp.flags.version == 1",
            "pfcp.end_time > \"2019-01-01 00:00:00\"",
            "pfcp.flow_desc == \"permit out ip from any to assigned\"",
            "pfcp.flow_desc >= permit",
            "pfcp.measurement_method_flags.volume",
            "!(pfcp.msg_type == 50)",
            "pfcp.msg_type in {1, 2, 50..55}",
            "pfcp.msg_type not in {1, 2}",
            "pfcp.msg_type == \"PFCP Session Establishment Request\"",
            "pfcp.msg_type >= 0x32 && pfcp.msg_type lt 066",
            "pfcp.seid",
            "pfcp.seid == 1",
            "pfcp.seid == 0x1 || pfcp.seid == 0",
            "pfcp.seid != 0",
            "pfcp.seid > 1",
            "pfcp.seid <= 0xffff and not pfcp.seid == 0",
            "pfcp.seqno == 2",
            "pfcp.seqno != 2",
            "pfcp.seqno > 3 && pfcp.seqno < 9",
            "pfcp.cause == 1",
            "pfcp.cause != 1",
            "pfcp.node_id_ipv4",
            "pfcp.f_teid.teid > 0",
            "pfcp.outer_hdr_creation.teid >= 1",
            "pfcp.node_report_type.upfr == 1",
            "pfcp.ue_ip_addr_ipv6_prefix_length || pfcp.ue_ip_addr_ipv6_prefix > 0",
            "gtp.pdp_address.ipv4 || gtp.uplink_teid_data > 0",
            "gtp.tac || gtp.ranap_cause || gtp.bssgp_cause",
            "gtpv2.pdn_ipv6_len == 64",
            "gtpv2.fq_csid_ipv4 || gtpv2.fq_csid_node_id > 0",
            "pfcp.pdr_id == 1 or pfcp.far_id == 2",
            "pfcp.network_instance == \"internet\"",
            "pfcp.network_instance == internet",
            "pfcp.recovery_time_stamp > \"2020-01-01 00:00:00\"",
            "ip.addr == 127.0.0.0/8",
            "ip.addr != 127.0.0.1",
            "ip.src == 10.0.0.0/8 && ip.dst != 10.200.200.1",
            "ip.src > 10.200.200.1",
            "ip.dst <= 127.0.0.0/8",
            "ip.src in {127.0.0.1, 10.0.0.0..10.255.255.255}",
            "udp.port == 8805 || tcp.port == 80",
            "udp.port != 8805",
            "udp.srcport < 9000",
            "udp.dstport in {2152, 8805}",
            "tcp.srcport",
            "!tcp && !udp",
            "ip && udp || sctp",
            "icmp || icmpv6 || arp",
            "ipv6",
            "ipv6.addr == ::1",
            "ipv6.src == fe80::/10",
            "gtp || gtpv2",
            "gtp.teid == 1",
            "gtp.message == 0xff",
            "sll",
            "eth and vlan",
            "frame.number in {1, 3..5}",
            "frame.number > 10",
            "frame.len > 100 and frame.len < 200",
            "frame.cap_len != 200",
            "frame.time_epoch >= 1591863460.5",
            "frame.time < \"2020-06-11 08:17:41Z\"",
            "frame.interface_id == 0",
            "frame");

    /** Without it, the filters that are always the same are compared on two captures. */
    private static final boolean ALL = Boolean.getBoolean("captures.all");
    /** How many random filters; by hand many more. */
    private static final int RANDOM = Integer.getInteger("filters", 320);

    @TempDir
    Path directory;

    @BeforeAll
    static void assumeTshark() throws IOException {
        Tshark.assume();
    }

    private static List<CaptureRow> withPfcp() throws IOException {
        List<CaptureRow> rows = new ArrayList<>();
        for (CaptureRow row : Tshark.captures()) {
            if (row.isUncompressed() && row.protocols().contains("pfcp")) {
                rows.add(row);
            }
        }
        assertTrue(rows.size() >= 13, () -> "captures with PFCP: " + rows.size());
        return rows;
    }

    @Test
    void shouldFilterAsTshark() throws IOException {
        int number = 0;
        List<String> wrong = new ArrayList<>();
        for (CaptureRow row : withPfcp()) {
            if (!ALL && !row.name().contains("free5gc") && !row.name().contains("tc1")) {
                continue;
            }
            TestIndex index = TestIndex.of(directory.resolve("index" + number++), row.path());
            List<Optional<String>> theirs = Tshark.matching(row.path(), FILTERS);
            for (int i = 0; i < FILTERS.size(); i++) {
                String filter = FILTERS.get(i);
                String ours = ours(index, filter, "frame.number");
                if (!theirs.get(i).equals(Optional.of(ours))) {
                    wrong.add(row.name() + ": " + filter + ": tshark " + oneLine(theirs.get(i).orElse("refuses it"))
                            + ", here " + oneLine(ours));
                }
            }
            String filter = FILTERS.get(number % FILTERS.size());
            assertEquals(ours(index, filter, "frame.number").lines().count() + "\n",
                    index.query("--count", filter).out(), filter);
        }
        assertEquals(List.of(), wrong);
    }

    /** Random comparisons of fields whose values are the same on both sides. */
    @Test
    void shouldFilterOnRandomFieldsAsTshark(TestReporter reporter) throws IOException {
        Random random = new Random(SEED);
        List<Path> captures = new ArrayList<>(Tshark.samples());
        withPfcp().stream().filter(row -> row.name().contains("free5gc")).map(CaptureRow::path).forEach(captures::add);
        Path mixed = directory.resolve("mixed.pcap");
        Traffic.named("every-interface", 5).write(mixed, CaptureFormat.PCAP, 300);
        captures.add(mixed);
        Map<String, String> types = Tshark.fieldTypes();
        List<String> names = List.copyOf(new FieldRegistry(Dictionaries.builtIn()).names().stream()
                .filter(types::containsKey).filter(name -> !name.startsWith("frame."))
                .toList());
        int asked = 0;
        int found = 0;
        int number = 0;
        List<String> wrong = new ArrayList<>();
        for (Path capture : captures) {
            TestIndex index = TestIndex.of(directory.resolve("random" + number++), capture);
            Map<String, List<String>> values = sameValues(capture, index, names);
            List<String> filters =
                    Stream.generate(() -> filter(random, values)).limit(RANDOM / captures.size() + 1).toList();
            List<Optional<String>> theirs = Tshark.matching(capture, filters);
            for (int i = 0; i < filters.size(); i++) {
                // Wireshark holds some numbers of four octets to be of two, and refuses their values.
                if (theirs.get(i).isPresent()) {
                    String ours = ours(index, filters.get(i), "frame.number");
                    if (!ours.equals(theirs.get(i).get())) {
                        wrong.add(capture + ": " + filters.get(i) + ": tshark " + oneLine(theirs.get(i).get())
                                + ", here " + oneLine(ours));
                    }
                    asked++;
                    found += ours.isEmpty() ? 0 : 1;
                }
            }
        }
        assertEquals("", String.join("\n", wrong), "-Dseed=" + SEED);
        assertTrue(asked >= RANDOM * 3 / 4 && found > asked / 4,
                "of " + asked + " filters find something: " + found + " -Dseed=" + SEED);
        reporter.publishEntry("COMPARED", asked + " random filters of seed " + SEED + " find what they find in tshark");
    }

    /** The values of every field that has the same ones in all packets, as they are printed. */
    private static Map<String, List<String>> sameValues(Path capture, TestIndex index, List<String> names)
            throws IOException {
        Map<String, String> types = Tshark.fieldTypes();
        List<String> asked =
                names.stream().filter(name -> !List.of("FT_PROTOCOL", "FT_NONE").contains(types.get(name))).toList();
        String[] fields = asked.toArray(new String[0]);
        String[][] theirs = cells(Tshark.fields(capture, "", fields));
        String[][] ours = cells(ours(index, "", fields));
        Map<String, List<String>> values = new TreeMap<>();
        for (int field = 0; field < fields.length; field++) {
            Set<String> met = new TreeSet<>();
            boolean same = theirs.length == ours.length;
            for (int line = 0; same && line < ours.length; line++) {
                String value = theirs[line][field];
                same = value.equals(ours[line][field]);
                met.add(value);
            }
            // A comma stands between values, or in one; other signs may be escaped.
            met.removeIf(value -> !value.matches("[A-Za-z0-9_.:-]+"));
            if (same && !met.isEmpty()) {
                boolean isText = types.get(fields[field]).equals("FT_STRING");
                values.put(fields[field], met.stream().map(value -> isText ? '"' + value + '"' : value).toList());
            }
        }
        return values;
    }

    private static String[][] cells(String lines) {
        return lines.lines().map(line -> line.split("\t", -1)).toArray(String[][]::new);
    }

    private static String filter(Random random, Map<String, List<String>> values) {
        List<String> fields = List.copyOf(values.keySet());
        String field = fields.get(random.nextInt(fields.size()));
        List<String> known = values.get(field);
        String value = known.get(random.nextInt(known.size()));
        return switch (random.nextInt(11)) {
            case 0 -> field;
            case 1 -> "!(" + field + " == " + value + ")";
            case 2 -> field + " in {" + value + ", " + known.getFirst() + "}";
            case 3 -> filter(random, values) + " && " + field + " != " + value;
            case 4 -> "(" + filter(random, values) + ") || " + field + " == " + value;
            case 5 -> "not " + field + " and (" + filter(random, values) + ")";
            case 6 -> field + " in {" + value + " .. " + known.getLast() + "}";
            case 7 -> value.length() > 4 && value.startsWith("\"")
                    ? field + " contains " + '"' + value.substring(2, value.length() - 2) + '"'
                    : field + " and not " + field + " > " + value;
            default -> field + " " + OPERATORS[random.nextInt(OPERATORS.length)] + " " + value;
        };
    }

    private static String ours(TestIndex index, String filter, String... fields) {
        return index.fieldsWithoutAWord(filter, fields).out();
    }

    private static String oneLine(String lines) {
        String line = lines.replace('\n', ' ');
        return line.length() < 100 ? line : line.substring(0, 100) + "…";
    }
}
