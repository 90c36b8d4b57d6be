package io.seidex.traffic;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of messages that were sent in pieces, a line for each, in a file beside the capture.
 *
 * <pre>
 *  kind         ip, ipv6: datagrams of fragments; udp_div: divided messages; gtpprime, records: messages in streams
 *  name         addresses in hex, and the identity
 *  octets       of the whole: behind the IP header, behind the headers of the pieces, or of the message in the stream
 *  crc32        of these octets, in hex
 *  frames       of the pieces that were captured until it was complete, by position, those that came twice too
 *  completing   the frame that completes it; empty if none does
 *  missing      what is missing: octets, numbers of pieces from 1; empty if nothing is
 *  behind-loss  1: its octets were all captured, but not all before it in its stream
 * </pre>
 *
 * <p>Cells are separated by tabs; the first line names them. What is complete comes in the order in which it became so, what
 * is not at the end. What was lost as a whole is not there. A piece is in time if it is in the capture at all.
 */
final class TruthFile implements Ledger, Closeable {
    private final BufferedWriter lines;
    private final Set<Message> open = new LinkedHashSet<>();

    TruthFile(Path file) throws IOException {
        lines = Files.newBufferedWriter(file);
        lines.write("kind\tname\toctets\tcrc32\tframes\tcompleting\tmissing\tbehind-loss\n");
    }

    @Override
    public void open(Message message) {
        open.add(message);
    }

    @Override
    public void close(Message message) {
        open.remove(message);
        write(message.whole());
    }

    @Override
    public void readable(long packet, long frame) {}

    private void write(Truth.Whole whole) {
        try {
            lines.write(line(whole));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Truth.Whole whole) {
        return String.join("\t",
                whole.kind().name().toLowerCase(Locale.ROOT),
                whole.name(),
                Long.toString(whole.octets()),
                Long.toHexString(whole.crc()),
                whole.frames().stream().map(frame -> Long.toString(frame)).collect(Collectors.joining(",")),
                whole.completing() == 0 ? "" : Long.toString(whole.completing()),
                whole.missing(),
                whole.behindLoss() ? "1" : "") + "\n";
    }

    @Override
    public void close() throws IOException {
        open.stream().filter(Message::isSeen).map(Message::whole).forEach(this::write);
        lines.close();
    }
}
