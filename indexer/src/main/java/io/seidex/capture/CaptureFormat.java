package io.seidex.capture;

/** How a capture's file is laid out. */
public enum CaptureFormat {
    /** Classic pcap, in any of its variants. */
    PCAP,
    /** Sections of blocks. */
    PCAPNG,
    /** Packets spelt in text, as Wireshark's format of this name has them. */
    K12TEXT,
    /** Packets spelt in text, as {@code text2pcap} reads them. */
    HEXDUMP,
    /** Nothing that is read: no frames come from it. */
    UNKNOWN
}
