package io.seidex.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the packets of a small generated capture hold, by frame number; tests compare answers with it.
 *
 * <p>A SEID is noted for every packet that holds it in a header or in an F-SEID, 0 and quoted datagrams included; a
 * packet is listed once. Message types are those of PFCP, with repeats for several messages in a packet. What travels in
 * fragments is held by the frame that completes it, what is captured twice by both frames.
 *
 * <p>{@link Whole} says of a message what became of its pieces; {@link TruthFile} is the same beside a capture.
 */
public final class Truth implements Ledger {
    /** What is put together. */
    public enum Kind {
        /** An IPv4 datagram of fragments. */
        IP,
        /** An IPv6 datagram of fragments. */
        IPV6,
        /** A message of {@code udp_div}, of datagrams. */
        UDP_DIV,
        /** A message of GTP' over TCP, of segments. */
        GTPPRIME,
        /** A message of {@link Traffic#RECORDS}, of segments. */
        RECORDS
    }

    /**
     * A message that was sent in pieces, as it was captured.
     *
     * @param name addresses and identity
     * @param octets how long it is
     * @param crc CRC-32 of its octets
     * @param frames of its pieces, until it is complete, by position; those that came twice behind each other
     * @param completing the frame that completes it; 0 if none does
     * @param missing what is missing, as the query program says it; empty if nothing is
     * @param behindLoss of a stream: octets before it never came
     */
    public record Whole(Kind kind, String name, long octets, long crc, List<Long> frames, long completing,
            String missing, boolean behindLoss) {}

    private final SortedMap<Long, List<Long>> seids = new TreeMap<>(Long::compareUnsigned);
    private final SortedMap<String, List<Long>> imsis = new TreeMap<>();
    private final SortedMap<Integer, List<Long>> messages = new TreeMap<>();
    private final Map<Long, List<Long>> frames = new HashMap<>();
    private final Set<Message> open = new LinkedHashSet<>();
    private final List<Whole> wholes = new ArrayList<>();
    private long packets;

    Truth() {}

    /** How many packets the capture has. */
    public long packets() {
        return packets;
    }

    /** Frames by SEID, in unsigned order of the SEIDs. */
    public SortedMap<Long, List<Long>> seids() {
        return captured(seids, new TreeMap<>(Long::compareUnsigned));
    }

    /** Frames by IMSI, in digits. */
    public SortedMap<String, List<Long>> imsis() {
        return captured(imsis, new TreeMap<>());
    }

    /** Frames by PFCP message type; a frame is named for each of its messages. */
    public SortedMap<Integer, List<Long>> messages() {
        return captured(messages, new TreeMap<>());
    }

    /** What was sent in pieces: what became complete in the order in which it did, then what did not. */
    public List<Whole> wholes() {
        List<Whole> all = new ArrayList<>(wholes);
        open.stream().filter(Message::isSeen).map(Message::whole).forEach(all::add);
        return all;
    }

    private <K> SortedMap<K, List<Long>> captured(SortedMap<K, List<Long>> sent, SortedMap<K, List<Long>> captured) {
        sent.forEach((value, numbers) -> {
            List<Long> all = new ArrayList<>();
            numbers.forEach(number -> all.addAll(frames.getOrDefault(number, List.of())));
            all.sort(null);
            if (!all.isEmpty()) {
                captured.put(value, all);
            }
        });
        return captured;
    }

    @Override
    public void open(Message message) {
        open.add(message);
    }

    @Override
    public void close(Message message) {
        open.remove(message);
        wholes.add(message.whole());
    }

    @Override
    public void readable(long packet, long frame) {
        frames.computeIfAbsent(packet, p -> new ArrayList<>(1)).add(frame);
    }

    void frame() {
        packets++;
    }

    void seid(long packet, long seid) {
        once(seids.computeIfAbsent(seid, s -> new ArrayList<>()), packet);
    }

    void imsi(long packet, byte[] tbcd) {
        StringBuilder digits = new StringBuilder();
        for (byte pair : tbcd) {
            digits.append((char) ('0' + (pair & 15)));
            if ((pair & 0xF0) != 0xF0) {
                digits.append((char) ('0' + (pair >> 4 & 15)));
            }
        }
        once(imsis.computeIfAbsent(digits.toString(), s -> new ArrayList<>()), packet);
    }

    void message(long packet, int type) {
        messages.computeIfAbsent(type, t -> new ArrayList<>()).add(packet);
    }

    private static void once(List<Long> numbers, long packet) {
        if (numbers.isEmpty() || numbers.getLast() != packet) {
            numbers.add(packet);
        }
    }
}
