package io.seidex.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the packets of a small generated capture hold, by frame number; tests compare answers with it.
 *
 * <p>A SEID is noted for every packet that holds it in a header or in an F-SEID, 0 and quoted datagrams included; a
 * packet is listed once. Message types are those of PFCP, with repeats for several messages in a packet.
 */
public final class Truth {
    private final SortedMap<Long, List<Long>> seids = new TreeMap<>(Long::compareUnsigned);
    private final SortedMap<String, List<Long>> imsis = new TreeMap<>();
    private final SortedMap<Integer, List<Long>> messages = new TreeMap<>();
    private long packets;

    Truth() {}

    /** How many packets the capture has. */
    public long packets() {
        return packets;
    }

    /** Frames by SEID, in unsigned order of the SEIDs. */
    public SortedMap<Long, List<Long>> seids() {
        return seids;
    }

    /** Frames by IMSI, in digits. */
    public SortedMap<String, List<Long>> imsis() {
        return imsis;
    }

    /** Frames by PFCP message type; a frame is named for each of its messages. */
    public SortedMap<Integer, List<Long>> messages() {
        return messages;
    }

    void packet() {
        packets++;
    }

    void seid(long frame, long seid) {
        once(seids.computeIfAbsent(seid, s -> new ArrayList<>()), frame);
    }

    void imsi(long frame, byte[] tbcd) {
        StringBuilder digits = new StringBuilder();
        for (byte pair : tbcd) {
            digits.append((char) ('0' + (pair & 15)));
            if ((pair & 0xF0) != 0xF0) {
                digits.append((char) ('0' + (pair >> 4 & 15)));
            }
        }
        once(imsis.computeIfAbsent(digits.toString(), s -> new ArrayList<>()), frame);
    }

    void message(long frame, int type) {
        messages.computeIfAbsent(type, t -> new ArrayList<>()).add(frame);
    }

    private static void once(List<Long> frames, long frame) {
        if (frames.isEmpty() || frames.getLast() != frame) {
            frames.add(frame);
        }
    }
}
