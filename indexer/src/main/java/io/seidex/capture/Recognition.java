package io.seidex.capture;

import io.seidex.capture.PcapRecords.LengthOrder;
import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.List;

/**
 * What a file is, told by its first octets.
 * <pre>
 *  pcap    0-3   magic number: A1B2C3D4 microseconds, A1B23C4D nanoseconds, A1B2CD34 longer record headers,
 *                1C0001AB and 1C0001AC four more octets before the first record; it shows the file's byte order
 *          4-7   major, minor version
 *          8-15  not used
 *         16-19  snap length
 *         20-23  link type in the lower 26 bits, length of the frame check sequence in the upper ones
 *  pcapng  0-3   0A0D0D0A, the type of a section header block
 *  text          a packet within the first octets, in one of two ways to spell it
 * </pre>
 * pcap, draft-ietf-opsawg-pcap.
 *
 * @param fault {@link Fault#NONE} if it can be read
 * @param first the place before the first record
 * @param records the layout of pcap's records; null unless it is pcap
 */
record Recognition(CaptureFormat format, String description, Fault fault, Border first, PcapRecords records) {
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int NANOSECONDS = 0xA1B23C4D;
    private static final int MODIFIED = 0xA1B2CD34;
    private static final int IXIA_SOFTWARE = 0x1C0001AB;
    private static final int IXIA_HARDWARE = 0x1C0001AC;

    private static final int MAGIC_LENGTH = 4;
    private static final int PCAP_HEADER = 24;
    private static final int LINK_TYPE_BITS = 0x03FF_FFFF;

    // Kuznetzov's patches and Nokia put more octets behind a record header.
    private static final int HEADER_OF_NOKIA = PcapRecords.HEADER + 4;
    private static final int MODIFIED_HEADER = PcapRecords.HEADER + 8;
    private static final int MODIFIED_HEADER_OF_SUSE = PcapRecords.HEADER + 12;

    /** Records that are looked at to tell how long the record headers are. */
    private static final int TRIED_RECORDS = 3;

    /** How far a text's first packet is looked for. */
    private static final int TRIED_TEXT = 1 << 16;

    /** Octets that some editors put before UTF-8. */
    static final int BYTE_ORDER_MARK = 3;

    private static final long MAX_ORIGINAL = 128 * 1024 * 1024;

    static Recognition of(Octets octets) {
        if (octets.length() == 0) {
            return unknown(Fault.FILE_EMPTY, "an empty file");
        }
        if (octets.length() < MAGIC_LENGTH) {
            boolean begun = beginsLike(octets, MICROSECONDS)
                    || beginsLike(octets, NANOSECONDS)
                    || beginsLike(octets, MODIFIED)
                    || beginsLike(octets, PcapngCursor.SECTION);
            return begun ? headerTruncated("a capture") : unknown(Fault.FILE_UNKNOWN, Lookalike.describe(octets));
        }
        int magic = (int) octets.u32(0);
        if (magic == PcapngCursor.SECTION) {
            return pcapng(octets);
        }
        if (isPcap(magic)) {
            return pcap(octets, magic, true);
        }
        if (isPcap(Integer.reverseBytes(magic))) {
            return pcap(octets, Integer.reverseBytes(magic), false);
        }
        return text(octets);
    }

    /** What a text spells is told by its first packet. */
    private static Recognition text(Octets octets) {
        long length = Math.min(TRIED_TEXT, octets.length());
        boolean isMarked = octets.length() >= BYTE_ORDER_MARK && octets.u24(0) == 0xEF_BB_BF;
        Border first = new Border(isMarked ? BYTE_ORDER_MARK : 0, 1, 0, false, List.of());
        Frame frame = new Frame();
        K12Record k12 = new K12Record(octets, length, frame, TextRecord.LineFaults.IGNORED);
        if (k12.find(first.at()) && k12.hasSeparator() && Lookalike.isText(octets, k12.at)) {
            return new Recognition(CaptureFormat.K12TEXT, "K12 text", Fault.NONE, first, null);
        }
        HexDumpRecord dump = new HexDumpRecord(octets, length, frame, TextRecord.LineFaults.IGNORED);
        if (dump.find(first.at()) && Lookalike.isText(octets, dump.at)) {
            dump.read();
            if (dump.isLikely()) {
                return new Recognition(CaptureFormat.HEXDUMP, "hex dump", Fault.NONE, first, null);
            }
        }
        return unknown(Fault.FILE_UNKNOWN, Lookalike.describe(octets));
    }

    private static Recognition unknown(Fault fault, String description) {
        return new Recognition(
                CaptureFormat.UNKNOWN, description, fault, new Border(0, 1, 0, false, List.of()), null);
    }

    private static Recognition headerTruncated(String what) {
        return unknown(Fault.FILE_HEADER_TRUNCATED, "the start of " + what + ", cut within its header");
    }

    private static Recognition pcapng(Octets octets) {
        if (octets.length() < PcapngCursor.SECTION_LENGTH) {
            return headerTruncated("a pcapng capture");
        }
        long order = octets.u32(8);
        boolean bigEndian = order == PcapngCursor.BYTE_ORDER;
        if (!bigEndian && order != Integer.reverseBytes(PcapngCursor.BYTE_ORDER)) {
            return unknown(Fault.FILE_UNKNOWN, "almost pcapng, but its byte order is not told");
        }
        int major = bigEndian ? octets.u16(12) : octets.u16le(12);
        if (major != PcapngCursor.MAJOR_VERSION) {
            return unknown(Fault.FILE_UNKNOWN, "pcapng of version " + major + ", which is not read");
        }
        Border first = new Border(0, 1, -1, bigEndian, List.of());
        return new Recognition(CaptureFormat.PCAPNG, "pcapng", Fault.NONE, first, null);
    }

    private static boolean isPcap(int magic) {
        return switch (magic) {
            case MICROSECONDS, NANOSECONDS, MODIFIED, IXIA_SOFTWARE, IXIA_HARDWARE -> true;
            default -> false;
        };
    }

    private static Recognition pcap(Octets octets, int magic, boolean bigEndian) {
        if (octets.length() < PCAP_HEADER) {
            return headerTruncated("a pcap capture");
        }
        int major = bigEndian ? octets.u16(4) : octets.u16le(4);
        int minor = bigEndian ? octets.u16(6) : octets.u16le(6);
        long snapLength = bigEndian ? octets.u32(16) : octets.u32le(16);
        int linkType = (int) (bigEndian ? octets.u32(20) : octets.u32le(20)) & LINK_TYPE_BITS;
        if (major < 2) {
            return unknown(Fault.FILE_UNKNOWN, "pcap of version " + major + "." + minor + ", which is not read");
        }

        int aixLinkType = major == 2 && minor == 2 ? linkTypeOnAix(linkType) : -1;
        boolean aix = aixLinkType >= 0;
        if (aix) {
            linkType = aixLinkType;
        }
        boolean nanoseconds = magic == NANOSECONDS || aix;
        boolean ixia = magic == IXIA_SOFTWARE || magic == IXIA_HARDWARE;
        if (ixia && octets.length() < PCAP_HEADER + 4) {
            return headerTruncated("a pcap capture");
        }
        PcapRecords plain = new PcapRecords(
                ixia ? PCAP_HEADER + 4 : PCAP_HEADER,
                bigEndian,
                nanoseconds ? 1 : 1000,
                magic == MODIFIED ? MODIFIED_HEADER : PcapRecords.HEADER,
                lengthOrder(major, minor),
                Capture.maxCaptured(linkType));
        PcapRecords records = aix ? plain : switch (magic) {
            case MICROSECONDS -> likeliest(octets, plain, MODIFIED_HEADER, HEADER_OF_NOKIA);
            case MODIFIED -> likeliest(octets, plain, MODIFIED_HEADER_OF_SUSE);
            default -> plain;
        };

        CaptureInterface source = new CaptureInterface(
                0, 0, bigEndian, linkType, nanoseconds ? 1_000_000_000 : 1_000_000, 0, snapLength, "");
        String description = "pcap, " + (bigEndian ? "big" : "little") + "-endian, "
                + (nanoseconds ? "nano" : "micro") + "seconds, record headers of "
                + records.headerLength() + " octets";
        Border first = new Border(records.first(), 1, 0, bigEndian, List.of(source));
        return new Recognition(CaptureFormat.PCAP, description, Fault.NONE, first, records);
    }

    /** AIX writes version 2.2, interface types of RFC 1573 and nanoseconds. -1 for a type that AIX would not write. */
    private static int linkTypeOnAix(int interfaceType) {
        return switch (interfaceType) {
            case 6 -> 1;
            case 9 -> 6;
            case 15 -> 10;
            case 24 -> 0;
            default -> -1;
        };
    }

    private static LengthOrder lengthOrder(int major, int minor) {
        if (major == 2 && minor == 3) {
            return LengthOrder.SMALLER_IS_CAPTURED;
        }
        boolean swapped = major == 2 && minor < 3 || major == 543 && minor == 0;
        return swapped ? LengthOrder.ORIGINAL_FIRST : LengthOrder.CAPTURED_FIRST;
    }

    /**
     * The layout of record headers that the first records agree with. The plain one stands unless they contradict it and
     * another explains them.
     */
    private static PcapRecords likeliest(Octets octets, PcapRecords plain, int... headerLengths) {
        if (trial(octets, plain) == Trial.CONTRADICTED) {
            for (int headerLength : headerLengths) {
                PcapRecords other = plain.withHeaderLength(headerLength);
                if (trial(octets, other) == Trial.EXPLAINED) {
                    return other;
                }
            }
        }
        return plain;
    }

    private enum Trial {
        EXPLAINED,
        CONTRADICTED,
        /** The file ends within the first record or the header behind it. */
        TOO_SHORT
    }

    private static Trial trial(Octets octets, PcapRecords records) {
        long record = records.first();
        int plausible = 0;
        while (plausible < TRIED_RECORDS && octets.length() - record >= PcapRecords.HEADER) {
            long captured = records.captured(octets, record);
            long original = records.original(octets, record);
            boolean sound = records.fraction(octets, record) < 1_000_000_000L / records.fractionNanos()
                    && captured <= records.maxCaptured()
                    && captured <= original
                    && original <= MAX_ORIGINAL;
            if (!sound) {
                return Trial.CONTRADICTED;
            }
            plausible++;
            record += records.headerLength() + captured;
        }
        return plausible > 1 || record == octets.length() ? Trial.EXPLAINED : Trial.TOO_SHORT;
    }

    /** Whether the few octets are the first ones of a magic number in either byte order. */
    private static boolean beginsLike(Octets octets, int magic) {
        boolean big = true;
        boolean little = true;
        for (int i = 0; i < octets.length(); i++) {
            big &= octets.u8(i) == (magic >>> 24 - 8 * i & 0xFF);
            little &= octets.u8(i) == (magic >>> 8 * i & 0xFF);
        }
        return big || little;
    }
}
