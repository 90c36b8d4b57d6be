package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Walks the packets that a text spells. A record begins at its packet's first line, and reaches to where the next one
 * begins. The capture has an interface for each link type that its packets name.
 */
final class TextCursor extends FrameCursor {
    private final TextRecord record;
    private final List<CaptureInterface> met;

    /** Whether the record at {@link #place} has been looked for. */
    private boolean isSought;

    private boolean isFound;

    TextCursor(CaptureFormat format, Octets octets, Border from, long to, FaultLog faults) {
        super(octets, from, to, faults);
        this.met = new ArrayList<>(from.interfaces());
        this.record = record(format, octets, octets.length(), frame, this::report);
    }

    private static TextRecord record(
            CaptureFormat format, Octets octets, long length, Frame frame, TextRecord.LineFaults faults) {
        return format == CaptureFormat.K12TEXT
                ? new K12Record(octets, length, frame, faults)
                : new HexDumpRecord(octets, length, frame, faults);
    }

    @Override
    public boolean next() {
        while (place < to && !stopped) {
            if (!isSought) {
                seek(place);
                continue;
            }
            if (!isFound) {
                stopped = true;
                return false;
            }
            TextRecord.Outcome outcome = record.read();
            if (outcome == TextRecord.Outcome.TRUNCATED) {
                return stop(Fault.RECORD_TRUNCATED);
            }
            boolean isPacket = outcome == TextRecord.Outcome.PACKET;
            if (isPacket) {
                int ordinal = ordinal(record.linkType);
                record.describe(++number, met.get(ordinal), ordinal);
            }
            seek(record.end);
            if (isPacket) {
                return true;
            }
        }
        return false;
    }

    private void seek(long from) {
        isFound = record.find(from);
        isSought = true;
        place = record.at;
    }

    private int ordinal(int linkType) {
        for (int i = 0; i < met.size(); i++) {
            if (met.get(i).linkType() == linkType) {
                return i;
            }
        }
        met.add(new CaptureInterface(0, met.size(), false, linkType, record.ticksPerSecond(), 0, 0, ""));
        return met.size() - 1;
    }

    /** Reads one record, for {@link Capture#frameAt}. */
    static boolean read(CaptureFormat format, Octets octets, long at, CaptureInterface source, Frame into) {
        TextRecord record = record(format, octets, octets.length(), into, TextRecord.LineFaults.IGNORED);
        boolean isThere = (at == 0 || octets.u8(at - 1) == '\n' || at == Recognition.BYTE_ORDER_MARK)
                && record.find(at)
                && record.at == at
                && record.linkType == source.linkType()
                && record.read() == TextRecord.Outcome.PACKET;
        if (isThere) {
            record.describe(0, source, -1);
        }
        return isThere;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return Collections.unmodifiableList(met);
    }

    @Override
    public Border border() {
        return new Border(place, number + 1, 0, false, met);
    }
}
