package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import java.util.List;

/** Walks the records of a pcap file, as {@link PcapRecords} lays them out. */
final class PcapCursor extends FrameCursor {
    private final PcapRecords records;
    private final CaptureInterface source;
    private final int headerLength;
    private final long length;

    PcapCursor(Octets octets, PcapRecords records, Border from, long to, FaultLog faults) {
        super(octets, from, to, faults);
        this.records = records;
        this.source = from.interfaces().getFirst();
        this.headerLength = records.headerLength();
        this.length = octets.length();
    }

    @Override
    public boolean next() {
        long record = place;
        if (record >= to || stopped) {
            return false;
        }
        long left = length - record - headerLength;
        if (left < 0) {
            return stop(Fault.RECORD_TRUNCATED);
        }
        long captured = records.captured(octets, record);
        if (captured > records.maxCaptured()) {
            return stop(Fault.RECORD_IMPLAUSIBLE);
        }
        if (captured > left) {
            return stop(Fault.RECORD_TRUNCATED);
        }
        long original = records.original(octets, record);
        if (captured > original) {
            report(Fault.RECORD_SURPLUS);
        }
        long at = record + headerLength;
        frame.move(++number, record, at, (int) captured, original, source, 0);
        frame.time(records.timeNanos(octets, record));
        place = at + captured;
        return true;
    }

    /** Reads one record, for {@link Capture#frameAt}. */
    static boolean read(Octets octets, PcapRecords records, long record, CaptureInterface source, Frame into) {
        long left = octets.length() - record - records.headerLength();
        if (left < 0) {
            return false;
        }
        long captured = records.captured(octets, record);
        if (captured > records.maxCaptured() || captured > left) {
            return false;
        }
        into.move(
                0,
                record,
                record + records.headerLength(),
                (int) captured,
                records.original(octets, record),
                source,
                0);
        into.time(records.timeNanos(octets, record));
        return true;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return List.of(source);
    }

    @Override
    public Border border() {
        return new Border(place, number + 1, 0, records.bigEndian(), List.of(source));
    }
}
