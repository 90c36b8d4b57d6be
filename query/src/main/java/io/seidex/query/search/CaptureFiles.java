package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.fault.FaultLog;
import io.seidex.store.OneLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The captures that were read last, mapped; a bounded number of them. Those that cannot be opened are tried once. */
final class CaptureFiles implements Closeable {
    private final int most;
    private final Map<String, Capture> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, String> closed = new HashMap<>();

    CaptureFiles(int most) {
        this.most = most;
    }

    /** The capture at a path; null if it cannot be opened, for the {@link #reason}. Valid until the next call. */
    Capture get(String path) throws IOException {
        Capture known = open.get(path);
        if (known != null || closed.containsKey(path)) {
            return known;
        }
        if (open.size() >= most) {
            Iterator<Capture> oldest = open.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        try {
            Capture opened = Capture.open(Path.of(path), new FaultLog());
            open.put(path, opened);
            return opened;
        } catch (NoSuchFileException e) {
            closed.put(path, "is gone");
        } catch (IOException e) {
            closed.put(path, "cannot be read: " + OneLine.reason(e));
        } catch (InvalidPathException e) {
            closed.put(path, "cannot be read: " + e.getMessage());
        }
        return null;
    }

    /** Why a capture cannot be opened; null if it can. */
    String reason(String path) {
        return closed.get(path);
    }

    /** Gives a capture back that cannot be read any more: it was cut while it was mapped. */
    void drop(String path) {
        Capture cut = open.remove(path);
        if (cut != null) {
            cut.close();
        }
        closed.put(path, "was cut");
    }

    @Override
    public void close() {
        open.values().forEach(Capture::close);
        open.clear();
    }
}
