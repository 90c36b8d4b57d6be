package io.seidex.fuzz;

import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzTest {
    @Test
    void shouldStandAnyCapture() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (CaptureFormat format : CaptureFormat.values()) {
            seeds.add(Traffic.seeded(1).capture(format, 8));
        }
        Fuzzer.run(CaptureTarget.class, seeds);
    }

    @Test
    void shouldStandAnyPacket() throws Exception {
        Fuzzer.run(PacketTarget.class, PacketTarget.seeds());
    }
}
