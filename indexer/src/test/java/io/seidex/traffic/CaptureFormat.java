package io.seidex.traffic;

/** How a capture is written: the format, its byte order and, for pcap, the unit of its times. */
public enum CaptureFormat {
    PCAP(false, false, 6),
    PCAP_BIG(false, true, 6),
    PCAP_NANOS(false, false, 9),
    PCAP_NANOS_BIG(false, true, 9),
    PCAPNG(true, false, 9),
    PCAPNG_BIG(true, true, 9);

    private final boolean blocks;
    private final boolean bigEndian;
    private final int resolution;

    CaptureFormat(boolean blocks, boolean bigEndian, int resolution) {
        this.blocks = blocks;
        this.bigEndian = bigEndian;
        this.resolution = resolution;
    }

    /** Whether it is pcapng. */
    public boolean blocks() {
        return blocks;
    }

    /** Byte order of the headers; the packets' own is the network's. */
    public boolean bigEndian() {
        return bigEndian;
    }

    /** Decimal digits of a second that times keep; of pcapng, those of the first interface. */
    public int resolution() {
        return resolution;
    }

    /** The usual ending of such a file's name. */
    public String ending() {
        return blocks ? ".pcapng" : ".pcap";
    }
}
