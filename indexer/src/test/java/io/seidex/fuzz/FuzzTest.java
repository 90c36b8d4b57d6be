package io.seidex.fuzz;

import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzTest {
    private static final List<String> TEXTS = List.of("""
            +---------+---------------+----------+
            01:03:35,089,675   ETHER
            |0   |08|00|27|db|63|e0|08|00|27|63|e1|01|08|00|45|00|
            |10  |00|32|

            +---------+---------------+----------+
            01:03:35,146,884   MTP-L2
            |0   |08|00|
            """, """
            # two packets
            I 2019-05-14T19:04:57.5Z
            000000 00 0e b6 00 00 02 00 0e b6 00 00 01 08 00 45 00   ..............E.
            000010 00 28 00 00
            000014
            > 0000: 00 0e b6 00 00 02  ab cd
            > 0006: 00 0e
            """);

    @Test
    void shouldStandAnyCapture() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (CaptureFormat format : CaptureFormat.values()) {
            seeds.add(Traffic.seeded(1).capture(format, 8));
        }
        for (String text : TEXTS) {
            seeds.add(text.getBytes(StandardCharsets.US_ASCII));
        }
        Fuzzer.run(CaptureTarget.class, seeds);
    }

    @Test
    void shouldStandAnyStream() throws Exception {
        Fuzzer.run(StreamTarget.class, StreamTarget.seeds());
    }

    @Test
    void shouldStandAnyPacket() throws Exception {
        Fuzzer.run(PacketTarget.class, PacketTarget.seeds());
    }
}
