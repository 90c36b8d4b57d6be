package io.seidex.query.output;

import io.seidex.query.dissect.PacketTree;
import java.io.IOException;

/** Where whole packets are printed. */
public interface TreeSink {
    /**
     * @param capture the path of the capture
     * @param name what the frame is called
     */
    void packet(String capture, String name, PacketTree tree) throws IOException;

    /** Writes what was held back. */
    void finish() throws IOException;
}
