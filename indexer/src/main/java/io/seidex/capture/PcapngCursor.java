package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Walks the blocks of a pcapng file. Packets are in enhanced, simple and obsolete packet blocks; section headers and
 * interface descriptions say how to read them; every other block is skipped by its length.
 * <pre>
 *  every block     0-3   type
 *                  4-7   length of the whole block, a multiple of 4
 *                  8-    content
 *                last 4  length again; not needed to read forward, a contradiction is reported
 *
 *  section header  8-11  1A2B3C4D in the section's byte order
 *                 12-15  major, minor version
 *                 16-23  length of the section: not used, writers do not know it
 *  interface       8-9   link type
 *                 12-15  snap length
 *                 16-    options
 *  enhanced        8-11  interface             obsolete: 8-9 interface, 10-11 drops
 *                 12-19  time, in the interface's ticks; its higher half first
 *                 20-23  captured length
 *                 24-27  original length
 *                 28-    packet
 *  simple          8-11  original length
 *                 12-    packet, cut to the snap length of interface 0
 * </pre>
 * pcapng, draft-ietf-opsawg-pcapng.
 */
final class PcapngCursor extends FrameCursor {
    static final int SECTION = 0x0A0D0D0A;
    static final int BYTE_ORDER = 0x1A2B3C4D;
    static final int SECTION_LENGTH = 28;

    static final int MAJOR_VERSION = 1;

    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    // Records of other programs. They are no packets, but Wireshark numbers them, and so do we.
    private static final int JOURNAL_ENTRY = 9;
    private static final int EVENT = 0x204;
    private static final int EVENT_2 = 0x216;
    private static final int LARGE_EVENT_2 = 0x221;
    private static final int CUSTOM = 0x0BAD;
    private static final int CUSTOM_NOT_TO_BE_COPIED = 0x4000_0BAD;

    private static final int BLOCK_LENGTH = 12;
    private static final int INTERFACE_LENGTH = 20;
    private static final int SIMPLE_LENGTH = 16;
    private static final int PACKET_LENGTH = 32;
    private static final int PACKET_AT = 28;
    private static final int SIMPLE_PACKET_AT = 12;

    private static final int RECORD_AT = 8;
    private static final int CUSTOM_AT = 12;

    private static final int OPTION_END = 0;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_DESCRIPTION = 3;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;

    /** A part keeps no more interfaces than this: some 30 MB. Packets of others have an undescribed source. */
    static final int MAX_INTERFACES = 1 << 18;
    /** Octets of a name that are kept. */
    static final int MAX_NAME = 255;

    private static final long MICRO = 1_000_000;

    private final long length;
    private final List<CaptureInterface> met = new ArrayList<>();

    // The section: its interfaces by id, and their places in `met`.
    private int section;
    private boolean bigEndian;
    private CaptureInterface[] sources = new CaptureInterface[8];
    private int[] ordinals = new int[8];
    private int described;
    // The source of packets whose interface is not described, of either byte order once it is needed.
    private CaptureInterface undescribed;
    private int undescribedOrdinal;
    private CaptureInterface otherUndescribed;
    private int otherUndescribedOrdinal;

    PcapngCursor(Octets octets, Border from, long to, FaultLog faults) {
        super(octets, from, to, faults);
        length = octets.length();
        section = from.section();
        bigEndian = from.bigEndian();
        from.interfaces().forEach(this::describe);
    }

    @Override
    public boolean next() {
        while (place < to && !stopped) {
            long block = place;
            long left = length - block;
            if (left < BLOCK_LENGTH) {
                return stop(Fault.RECORD_TRUNCATED);
            }
            int type = i32(block);
            if (type == SECTION && !startSection(block, left)) {
                return false;
            }
            long claimed = u32(block + 4);
            if (claimed < BLOCK_LENGTH) {
                return stop(Fault.RECORD_IMPLAUSIBLE);
            }
            if (claimed > left) {
                return stop(Fault.RECORD_TRUNCATED);
            }
            // Some writers pad a block without counting the padding.
            long blockLength = Math.min(claimed + 3 & ~3L, left);
            if (u32(block + blockLength - 4) != claimed) {
                report(Fault.BLOCK_MALFORMED);
            }
            boolean found = switch (type) {
                case ENHANCED_PACKET -> packet(block, blockLength, u32(block + 8));
                case OBSOLETE_PACKET -> packet(block, blockLength, u16(block + 8));
                case SIMPLE_PACKET -> simplePacket(block, blockLength);
                case INTERFACE -> describe(block, blockLength);
                case JOURNAL_ENTRY, EVENT, EVENT_2, LARGE_EVENT_2 -> record(block, RECORD_AT, blockLength);
                case CUSTOM, CUSTOM_NOT_TO_BE_COPIED -> record(block, CUSTOM_AT, blockLength);
                default -> false;
            };
            place = block + blockLength;
            if (found) {
                return true;
            }
        }
        return false;
    }

    private boolean packet(long block, long blockLength, long id) {
        if (blockLength < PACKET_LENGTH) {
            return report(Fault.BLOCK_MALFORMED);
        }
        boolean known = id < described;
        CaptureInterface source = known ? sources[(int) id] : undescribed();
        long captured = u32(block + 20);
        if (!fits(captured, blockLength - PACKET_LENGTH, source)) {
            return report(Fault.BLOCK_MALFORMED);
        }
        if (!known) {
            report(Fault.INTERFACE_UNKNOWN);
        }
        long original = u32(block + 24);
        if (captured > original) {
            report(Fault.RECORD_SURPLUS);
        }
        int ordinal = known ? ordinals[(int) id] : undescribedOrdinal;
        frame.move(++number, block, block + PACKET_AT, (int) captured, original, source, ordinal);
        frame.time(source.nanos(u32(block + 12) << 32 | u32(block + 16)));
        return true;
    }

    private boolean simplePacket(long block, long blockLength) {
        if (blockLength < SIMPLE_LENGTH) {
            return report(Fault.BLOCK_MALFORMED);
        }
        boolean known = described > 0;
        CaptureInterface source = known ? sources[0] : undescribed();
        long original = u32(block + 8);
        long captured = source.snapLength() == 0 ? original : Math.min(original, source.snapLength());
        if (!fits(captured, blockLength - SIMPLE_LENGTH, source)) {
            return report(Fault.BLOCK_MALFORMED);
        }
        if (!known) {
            report(Fault.INTERFACE_UNKNOWN);
        }
        int ordinal = known ? ordinals[0] : undescribedOrdinal;
        frame.move(++number, block, block + SIMPLE_PACKET_AT, (int) captured, original, source, ordinal);
        return true;
    }

    /** A record that is no packet: it has no interface, and what time it has is not read. */
    private boolean record(long block, int header, long blockLength) {
        long content = blockLength - header - 4;
        if (content < 0 || content > Capture.MAX_CAPTURED) {
            return report(Fault.BLOCK_MALFORMED);
        }
        CaptureInterface source = undescribed();
        frame.move(++number, block, block + header, (int) content, content, source, undescribedOrdinal);
        return true;
    }

    /** Reads one block, for {@link Capture#frameAt}: the same as {@link #next()}, of a source that is known. */
    static boolean read(Octets octets, long block, CaptureInterface source, Frame into) {
        boolean big = source.bigEndian();
        long left = octets.length() - block;
        if (left < BLOCK_LENGTH) {
            return false;
        }
        long claimed = u32(octets, big, block + 4);
        long blockLength = Math.min(claimed + 3 & ~3L, left);
        if (claimed < BLOCK_LENGTH || claimed > left) {
            return false;
        }
        return switch ((int) u32(octets, big, block)) {
            case ENHANCED_PACKET -> readPacket(octets, block, blockLength, u32(octets, big, block + 8), source, into);
            case OBSOLETE_PACKET -> readPacket(octets, block, blockLength, u16(octets, big, block + 8), source, into);
            case SIMPLE_PACKET -> readSimplePacket(octets, block, blockLength, source, into);
            case JOURNAL_ENTRY, EVENT, EVENT_2, LARGE_EVENT_2 ->
                    readRecord(block, RECORD_AT, blockLength, source, into);
            case CUSTOM, CUSTOM_NOT_TO_BE_COPIED -> readRecord(block, CUSTOM_AT, blockLength, source, into);
            default -> false;
        };
    }

    private static boolean readPacket(
            Octets octets, long block, long blockLength, long id, CaptureInterface source, Frame into) {
        boolean big = source.bigEndian();
        if (blockLength < PACKET_LENGTH || !isOf(source, id)) {
            return false;
        }
        long captured = u32(octets, big, block + 20);
        if (!fits(captured, blockLength - PACKET_LENGTH, source)) {
            return false;
        }
        into.move(0, block, block + PACKET_AT, (int) captured, u32(octets, big, block + 24), source, -1);
        into.time(source.nanos(u32(octets, big, block + 12) << 32 | u32(octets, big, block + 16)));
        return true;
    }

    private static boolean readSimplePacket(
            Octets octets, long block, long blockLength, CaptureInterface source, Frame into) {
        if (blockLength < SIMPLE_LENGTH || !isOf(source, 0)) {
            return false;
        }
        long original = u32(octets, source.bigEndian(), block + 8);
        long captured = source.snapLength() == 0 ? original : Math.min(original, source.snapLength());
        if (!fits(captured, blockLength - SIMPLE_LENGTH, source)) {
            return false;
        }
        into.move(0, block, block + SIMPLE_PACKET_AT, (int) captured, original, source, -1);
        return true;
    }

    private static boolean readRecord(
            long block, int header, long blockLength, CaptureInterface source, Frame into) {
        long content = blockLength - header - 4;
        if (content < 0 || content > Capture.MAX_CAPTURED || source.id() != CaptureInterface.UNDESCRIBED) {
            return false;
        }
        into.move(0, block, block + header, (int) content, content, source, -1);
        return true;
    }

    private static boolean fits(long captured, long room, CaptureInterface source) {
        return captured <= room
                && (captured <= Capture.MAX_CAPTURED || captured <= Capture.maxCaptured(source.linkType()));
    }

    private static boolean isOf(CaptureInterface source, long id) {
        return source.id() == id || source.id() == CaptureInterface.UNDESCRIBED;
    }

    private static int u16(Octets octets, boolean bigEndian, long at) {
        return bigEndian ? octets.u16(at) : octets.u16le(at);
    }

    private static long u32(Octets octets, boolean bigEndian, long at) {
        return bigEndian ? octets.u32(at) : octets.u32le(at);
    }

    /** The byte order must be known before the block's length can be read. */
    private boolean startSection(long block, long left) {
        if (left < SECTION_LENGTH) {
            return stop(Fault.RECORD_TRUNCATED);
        }
        long order = octets.u32(block + 8);
        boolean big = order == BYTE_ORDER;
        if (!big && order != Integer.reverseBytes(BYTE_ORDER)) {
            return stop(Fault.RECORD_IMPLAUSIBLE);
        }
        long blockLength = big ? octets.u32(block + 4) : octets.u32le(block + 4);
        if (blockLength < SECTION_LENGTH) {
            return stop(Fault.RECORD_IMPLAUSIBLE);
        }
        if (blockLength > left) {
            return stop(Fault.RECORD_TRUNCATED);
        }
        if ((big ? octets.u16(block + 12) : octets.u16le(block + 12)) != MAJOR_VERSION) {
            return stop(Fault.VERSION_UNKNOWN);
        }
        if (big != bigEndian) {
            bigEndian = big;
            CaptureInterface source = undescribed;
            int ordinal = undescribedOrdinal;
            undescribed = otherUndescribed;
            undescribedOrdinal = otherUndescribedOrdinal;
            otherUndescribed = source;
            otherUndescribedOrdinal = ordinal;
        }
        section++;
        described = 0;
        return true;
    }

    /** Never a packet: false. A description that cannot be read still counts, or all later ids would be shifted. */
    private boolean describe(long block, long blockLength) {
        int linkType = CaptureInterface.UNDESCRIBED;
        long snapLength = 0;
        long ticksPerSecond = MICRO;
        long offsetSeconds = 0;
        String name = "";
        String description = "";
        if (blockLength < INTERFACE_LENGTH) {
            report(Fault.BLOCK_MALFORMED);
        } else {
            linkType = u16(block + 8);
            snapLength = u32(block + 12);
            long end = block + blockLength - 4;
            long option = block + 16;
            while (end - option >= 4 && u16(option) != OPTION_END) {
                int code = u16(option);
                int size = u16(option + 2);
                long value = option + 4;
                if (size > end - value) {
                    report(Fault.BLOCK_MALFORMED);
                    break;
                }
                if (code == OPTION_NAME) {
                    name = text(value, size);
                } else if (code == OPTION_DESCRIPTION) {
                    description = text(value, size);
                } else if (code == OPTION_RESOLUTION && size == 1) {
                    ticksPerSecond = ticksPerSecond(octets.u8(value));
                } else if (code == OPTION_OFFSET && size == 8) {
                    offsetSeconds = bigEndian ? octets.i64(value) : octets.i64le(value);
                }
                option = value + (size + 3 & ~3);
            }
        }
        describe(new CaptureInterface(
                section, described, bigEndian, linkType, ticksPerSecond, offsetSeconds, snapLength,
                name.isEmpty() ? description : name));
        return false;
    }

    private String text(long value, int size) {
        String text = new String(octets.copy(value, Math.min(size, MAX_NAME)), StandardCharsets.UTF_8);
        // Some writers count the zero that ends it.
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    private void describe(CaptureInterface source) {
        if (met.size() >= MAX_INTERFACES) {
            report(Fault.INTERFACE_UNKNOWN);
            return;
        }
        if (described == sources.length) {
            sources = Arrays.copyOf(sources, described * 2);
            ordinals = Arrays.copyOf(ordinals, described * 2);
        }
        sources[described] = source;
        ordinals[described++] = met.size();
        met.add(source);
    }

    private CaptureInterface undescribed() {
        if (undescribed == null) {
            undescribed = CaptureInterface.undescribed(bigEndian);
            undescribedOrdinal = met.size();
            met.add(undescribed);
        }
        return undescribed;
    }

    /** {@code if_tsresol}: 10 to the power of it, or 2 if its highest bit is set. All ones where that exceeds 64 bits. */
    static long ticksPerSecond(int resolution) {
        int exponent = resolution & 0x7F;
        if ((resolution & 0x80) != 0) {
            return exponent < 64 ? 1L << exponent : -1;
        }
        if (exponent > 19) {
            return -1;
        }
        long ticks = 1;
        for (int i = 0; i < exponent; i++) {
            ticks *= 10;
        }
        return ticks;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return Collections.unmodifiableList(met);
    }

    @Override
    public Border border() {
        return new Border(place, number + 1, section, bigEndian, Arrays.asList(sources).subList(0, described));
    }

    private int i32(long at) {
        return (int) u32(at);
    }

    private long u32(long at) {
        return bigEndian ? octets.u32(at) : octets.u32le(at);
    }

    private int u16(long at) {
        return bigEndian ? octets.u16(at) : octets.u16le(at);
    }
}
