package io.seidex.query.cli;

import io.seidex.query.filter.FilterBinder.CaptureNames;
import io.seidex.store.IndexedCapture;
import io.seidex.store.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The captures of an index, found by any tail of whole names of any of their paths, as it is or as it is printed. */
record Captures(List<IndexedCapture> captures) implements CaptureNames {
    @Override
    public Map<String, String> ending(String tail) {
        Map<String, String> found = new LinkedHashMap<>();
        String behindSlash = "/" + tail;
        for (IndexedCapture capture : captures) {
            for (String path : capture.paths()) {
                String printed = OneLine.of(path);
                if (path.equals(tail) || printed.equals(tail)) {
                    return Map.of(capture.id(), path);
                }
                if (path.endsWith(behindSlash) || printed.endsWith(behindSlash)) {
                    found.putIfAbsent(capture.id(), path);
                }
            }
        }
        return found;
    }
}
