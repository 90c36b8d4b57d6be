package io.seidex.traffic;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a capture by hand: {@code WriteTraffic NAME SEED PACKETS FILE [FORMAT]}. */
public final class WriteTraffic {
    private WriteTraffic() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 4 || arguments.length > 6) {
            System.err.println("WriteTraffic NAME SEED PACKETS FILE [FORMAT [TRUTH]]");
            System.err.println("  NAME    one of " + Traffic.NAMES + " or " + Traffic.PIECES);
            System.err.println("  FORMAT  PCAP (default), PCAP_BIG, PCAP_NANOS, PCAP_NANOS_BIG, PCAPNG, PCAPNG_BIG");
            System.err.println("  TRUTH   a file for what became of messages in pieces, a line each");
            System.exit(2);
        }
        CaptureFormat format = arguments.length > 4 ? CaptureFormat.valueOf(arguments[4]) : CaptureFormat.PCAP;
        long packets = Long.parseLong(arguments[2]);
        long began = System.nanoTime();
        Traffic traffic = Traffic.named(arguments[0], Long.parseLong(arguments[1]));
        Path file = Path.of(arguments[3]);
        long octets = arguments.length == 6
                ? traffic.write(file, format, packets, Path.of(arguments[5]))
                : traffic.write(file, format, packets);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf("%d packets, %d octets, %.0f packets/s%n", packets, octets, packets / seconds);
    }
}
