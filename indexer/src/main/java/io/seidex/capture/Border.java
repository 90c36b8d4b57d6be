package io.seidex.capture;

import java.util.List;

/**
 * A place between two records from which a capture can be read without what is before it.
 *
 * @param at absolute offset of the next record or block
 * @param frame number of the next frame
 * @param section the pcapng section that the place lies in, from 0; -1 before the first
 * @param bigEndian byte order there
 * @param interfaces the interfaces of that section that are described before the place; for pcap, the file's one
 */
public record Border(long at, long frame, int section, boolean bigEndian, List<CaptureInterface> interfaces) {
    public Border {
        interfaces = List.copyOf(interfaces);
    }
}
