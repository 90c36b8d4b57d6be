package io.seidex.fuzz;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzTest {
    private static final int PACKETS = 200;

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
        Fuzzer.run(PacketTarget.class, packets());
    }

    private static List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        for (String name : Traffic.NAMES) {
            Traffic traffic = Traffic.named(name, 1);
            byte[] file = traffic.capture(CaptureFormat.values()[0], PACKETS);
            try (Octets octets = Octets.of(file); Capture capture = Capture.of(octets, new FaultLog())) {
                FrameCursor cursor = capture.cursor(new FaultLog());
                while (cursor.next()) {
                    Frame frame = cursor.frame();
                    packets.add(PacketTarget.input(traffic.linkType(), octets.copy(frame.at(), frame.captured())));
                }
            }
        }
        return packets;
    }
}
