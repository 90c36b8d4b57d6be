package io.seidex.capture;

/** How a capture's file is laid out. */
public enum CaptureFormat {
    /** Classic pcap, in any of its variants. */
    PCAP,
    /** Sections of blocks. */
    PCAPNG,
    /** Nothing that is read: no frames come from it. */
    UNKNOWN
}
