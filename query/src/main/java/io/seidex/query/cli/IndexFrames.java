package io.seidex.query.cli;

import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.dissect.PacketTree;
import io.seidex.query.output.TreeSink;
import io.seidex.query.search.FrameNames;
import io.seidex.query.search.Hit;
import io.seidex.query.search.PacketSearch;
import io.seidex.store.IndexedCapture;
import io.seidex.store.PacketIndex;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Frames of an index, read from where it says that they are. */
final class IndexFrames implements Closeable {
    private final PacketSearch search;
    private final FrameNames names;
    private final TreeSink sink;

    /** @param trouble is told of captures that are gone or have changed, a line each */
    IndexFrames(PacketIndex index, FieldRegistry fields, TreeSink sink, Consumer<String> trouble) {
        this.search = new PacketSearch(index, () -> fields, trouble);
        this.names = new FrameNames(index.captures());
        this.sink = sink;
    }

    /** Prints a capture, or a frame of it; false if it has no such frame. */
    boolean print(IndexedCapture capture, OptionalLong wanted) throws IOException {
        if (wanted.isPresent()) {
            return search.frame(capture, wanted.getAsLong(), this::print);
        }
        search.each(capture, this::print);
        return true;
    }

    private boolean print(Hit hit) throws IOException {
        PacketTree tree = hit.tree();
        if (tree != null) {
            sink.packet(hit.capture().path(), names.of(hit.capture(), hit.number()), tree);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        search.close();
    }
}
