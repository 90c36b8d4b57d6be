package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.query.Tshark;
import io.seidex.query.Tshark.CaptureRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -T fields} is tshark's, octet by octet, and a filter means what it means to tshark; one index a capture. */
class TsharkTest {
    private static final String[] MESSAGE = {"frame.number", "pfcp.msg_type", "pfcp.seid", "pfcp.seqno"};

    /** Of every kind that the language has; on fields of every kind. */
    private static final List<String> FILTERS = List.of(
            "pfcp.msg_type == 50",
            "pfcp.msg_type != 50",
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

    /** Takes tshark several minutes; without it, filters are compared on two captures. */
    private static final boolean ALL = Boolean.getBoolean("captures.all");

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
    void shouldPrintFieldsAsTshark() throws IOException {
        int number = 0;
        for (CaptureRow row : withPfcp()) {
            TestIndex index = TestIndex.of(directory.resolve("index" + number++), row.path());
            for (String filter : List.of("", "pfcp")) {
                assertEquals(Tshark.fields(row.path(), filter, MESSAGE), ours(index, filter, MESSAGE),
                        row.name() + ": " + filter);
            }
        }
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
            boolean tunnels = row.protocols().contains(":gtp:ip");
            for (String filter : FILTERS) {
                // What a tunnel carries is not decoded here.
                if (tunnels && (filter.contains("ip") || filter.contains("icmp"))) {
                    continue;
                }
                String theirs = Tshark.fields(row.path(), filter, "frame.number");
                String ours = ours(index, filter, "frame.number");
                if (!theirs.equals(ours)) {
                    wrong.add(row.name() + ": " + filter + ": tshark " + oneLine(theirs) + ", here " + oneLine(ours));
                }
                assertEquals(ours.lines().count() + "\n", index.query("--count", filter).out(), filter);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String ours(TestIndex index, String filter, String... fields) {
        List<String> arguments = new ArrayList<>(List.of("-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        arguments.add(filter);
        TestIndex.Run run = index.query(arguments.toArray(new String[0]));
        assertEquals("", run.err(), filter);
        assertEquals(ExitCode.DONE, run.code(), filter);
        return run.out();
    }

    private static String oneLine(String lines) {
        String line = lines.replace('\n', ' ');
        return line.length() < 100 ? line : line.substring(0, 100) + "…";
    }
}
