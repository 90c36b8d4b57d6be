package io.seidex.query.search;

import io.seidex.store.IndexedCapture;
import io.seidex.store.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What frames are called: {@code CAPTURE:NUMBER}, the capture by the shortest tail of its path that no other path of the
 * index ends in; the bare number where the index holds one capture.
 */
public final class FrameNames {
    private static final byte[] NOTHING = {};

    private final Map<String, byte[]> names = new HashMap<>();

    public FrameNames(List<IndexedCapture> captures) {
        if (captures.size() < 2) {
            return;
        }
        Set<String> once = new HashSet<>();
        Set<String> often = new HashSet<>();
        for (IndexedCapture capture : captures) {
            Set<String> own = new HashSet<>();
            for (String path : capture.paths()) {
                for (int at = path.length(); (at = before(path, at)) >= 0;) {
                    own.add(path.substring(at));
                }
            }
            for (String tail : own) {
                if (!once.add(tail)) {
                    often.add(tail);
                }
            }
        }
        for (IndexedCapture capture : captures) {
            String path = capture.path();
            int at = before(path, path.length());
            while (at > 0 && often.contains(path.substring(at))) {
                at = before(path, at);
            }
            names.put(capture.id(), (OneLine.of(path.substring(at)) + ':').getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Where the name begins that ends before {@code end}; -1 if there is none left. The whole path is its last tail. */
    private static int before(String path, int end) {
        if (end <= 0) {
            return -1;
        }
        int slash = path.lastIndexOf('/', end - 2);
        return slash < 0 || slash + 1 >= end ? 0 : slash + 1;
    }

    /** The name of one frame. */
    public String of(IndexedCapture capture, long number) {
        return new String(of(capture), StandardCharsets.UTF_8) + Long.toUnsignedString(number);
    }

    /** What stands before the number in the name of a frame, in UTF-8: the capture and a colon, or nothing. */
    public byte[] of(IndexedCapture capture) {
        return names.getOrDefault(capture.id(), NOTHING);
    }
}
