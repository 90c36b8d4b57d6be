package io.seidex.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One direction of a connection: messages one behind the other. A message is complete when all octets of the stream up to its
 * end are there; behind octets that never come, when its own are and the stream ends.
 */
final class Stream implements Arrival {
    private record Part(Message message, long from, long to) {}

    private final Deque<Part> waiting = new ArrayDeque<>();
    private final List<long[]> beyond = new ArrayList<>();
    private long delivered;
    private long written;

    /** Appends a message of so many octets. */
    void write(Message message, int length) {
        waiting.add(new Part(message, written, written + length));
        written += length;
    }

    @Override
    public void arrived(long from, long to, long frame) {
        for (Part part : waiting) {
            long first = Math.max(from, part.from());
            long behind = Math.min(to, part.to());
            if (first < behind) {
                part.message().add(first - part.from(), behind - part.from(), frame);
            }
        }
        beyond.add(new long[] {from, to});
        boolean grew = true;
        while (grew) {
            long before = delivered;
            beyond.forEach(extent -> delivered = extent[0] <= delivered ? Math.max(delivered, extent[1]) : delivered);
            beyond.removeIf(extent -> extent[1] <= delivered);
            grew = delivered > before;
        }
        while (!waiting.isEmpty() && waiting.peek().to() <= delivered) {
            waiting.remove().message().complete(frame);
        }
    }
}
