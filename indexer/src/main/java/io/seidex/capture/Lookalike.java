package io.seidex.capture;

import io.seidex.octets.Octets;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Files that are told apart from noise by their first octets, but are not read. */
enum Lookalike {
    GZIP(hex("1F8B"), "gzip-compressed; decompress it first"),
    ZSTD(hex("28B52FFD"), "zstd-compressed; decompress it first"),
    LZ4(hex("04224D18"), "lz4-compressed; decompress it first"),
    XZ(hex("FD377A585A00"), "xz-compressed; decompress it first"),
    BZIP2(ascii("BZh"), "bzip2-compressed; decompress it first"),
    ZIP(ascii("PK\3\4"), "a ZIP archive; unpack it first"),
    SNOOP(ascii("snoop\0\0\0"), "a snoop capture; convert it to pcapng first"),
    NETMON_1(ascii("RTSS"), "a Network Monitor 1 capture; convert it to pcapng first"),
    NETMON_2(ascii("GMBU"), "a Network Monitor 2 capture; convert it to pcapng first"),
    SNIFFER(ascii("TRSNIFF data"), "a Sniffer capture; convert it to pcapng first"),
    LANALYZER(hex("01104C00"), "a LANalyzer capture; convert it to pcapng first"),
    K12_TEXT(ascii("+---------+"), "the start of a K12 text, without a packet");

    /** Octets that are looked at to tell whether a file is text. */
    private static final int TRIED_TEXT = 256;

    private static final int ERF_HEADER = 16;
    private static final int ERF_MAX_TYPE = 49;
    private static final int ERF_TRIED = 3;

    private final byte[] start;
    private final String description;

    Lookalike(byte[] start, String description) {
        this.start = start;
        this.description = description;
    }

    /** In words for people, what a file that is no capture seems to be. */
    static String describe(Octets octets) {
        for (Lookalike candidate : values()) {
            int length = candidate.start.length;
            if (octets.length() >= length && octets.matches(0, candidate.start, 0, length)) {
                return candidate.description;
            }
        }
        if (isText(octets, octets.length())) {
            return "text, not a capture";
        }
        if (isErf(octets)) {
            return "an ERF capture; convert it to pcapng first";
        }
        return "no capture format that is known here";
    }

    /** Whether what stands before {@code end} may be text; a start of it tells. */
    static boolean isText(Octets octets, long end) {
        int length = (int) Math.min(TRIED_TEXT, end);
        for (int i = 0; i < length; i++) {
            int octet = octets.u8(i);
            boolean printable = octet >= ' ' && octet != 0x7F || octet >= '\t' && octet <= '\r';
            if (!printable) {
                return false;
            }
        }
        return true;
    }

    /** ERF has no magic number: several records must follow each other. */
    private static boolean isErf(Octets octets) {
        long at = 0;
        for (int i = 0; i < ERF_TRIED && at < octets.length(); i++) {
            if (octets.length() - at < ERF_HEADER) {
                return false;
            }
            int type = octets.u8(at + 8) & 0x7F;
            int length = octets.u16(at + 10);
            if (type == 0 || type > ERF_MAX_TYPE || length < ERF_HEADER || length > octets.length() - at) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
