package io.seidex.capture;

/**
 * An interface of a capture. A pcap file has one, which its header describes; a pcapng section has one for each of its
 * interface description blocks.
 *
 * @param section which section of the file it belongs to, from 0
 * @param id Wireshark's {@code frame.interface_id}: counts from 0 within the section
 * @param bigEndian the byte order of the section
 * @param linkType LINKTYPE number of the records
 * @param ticksPerSecond resolution of the times, {@code if_tsresol}
 * @param offsetSeconds added to every time, {@code if_tsoffset}
 * @param snapLength what the capture claims as its longest record; never used as a bound
 * @param name {@code if_name}, empty if it has none
 */
public record CaptureInterface(
        int section,
        int id,
        boolean bigEndian,
        int linkType,
        long ticksPerSecond,
        long offsetSeconds,
        long snapLength,
        String name) {}
