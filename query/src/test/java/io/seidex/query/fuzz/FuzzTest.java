package io.seidex.query.fuzz;

import io.seidex.fuzz.Fuzzer;
import io.seidex.fuzz.PacketTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FuzzTest {
    @Test
    void shouldPrintAnyPacket() throws Exception {
        Fuzzer.run(PrintTarget.class, PacketTarget.seeds());
    }

    @Test
    void shouldReadOrRefuseAnyFilter() throws Exception {
        List<byte[]> seeds = Stream.of(
                "pfcp.seid == 0x14000000000001 && !(udp.port in {2152, 2123..2125}) || ip.addr != 10.0.0.0/8",
                "frame.time >= \"2026-01-01 10:00:00\" and not pfcp.node_id_fqdn == r\"a\\b\"",
                "capture == /var/a-1.pcap:5 or e212.imsi == \"001010000000001\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        Fuzzer.run(FilterTarget.class, seeds);
    }
}
