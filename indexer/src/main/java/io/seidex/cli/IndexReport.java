package io.seidex.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.seidex.batch.Inputs;
import io.seidex.batch.Report;
import io.seidex.batch.Summary;
import io.seidex.fault.Fault;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.OneLine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Prints what a batch does. A line for each fault, and a summary, to standard error; a bar there while it works, if that is
 * a terminal; and if asked for, one JSON object a line to standard output:
 *
 * <pre>
 *  {"kind":"fault","capture":…,"layer":…,"fault":…,"count":…,"frame.number":…,"offset":…}
 *  {"kind":"refused","path":…,"fault":…,"reason":…}
 *  {"kind":"summary","captures":…,"known":…,"refused":…,"shards":…,"packets":…,"documents":…,"joined":…,"octets":…,"seconds":…,
 *   "private_octets":…}
 * </pre>
 */
final class IndexReport implements Report, AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final int BAR_WIDTH = 78;
    private static final long MEBIBYTE = 1 << 20;

    private final PrintStream err = System.err;
    private final PrintStream out;
    private ProgressBar bar;
    private boolean isDrawn;

    private IndexReport(PrintStream out) {
        this.out = out;
    }

    /** For people alone. */
    static IndexReport text() {
        return new IndexReport(null);
    }

    /** Also for programs. */
    static IndexReport json() {
        return new IndexReport(System.out);
    }

    /** Draws the bar, if there is a terminal. */
    void begin(Inputs inputs) {
        for (Path directory : inputs.empty()) {
            note("no files in " + directory);
        }
        if (!isTerminal()) {
            return;
        }
        long octets = 0;
        for (Path file : inputs.files()) {
            try {
                octets += Files.size(file);
            } catch (IOException e) {
                // It will be reported when its turn comes.
            }
        }
        bar = new ProgressBarBuilder()
                .setTaskName("indexing")
                .setInitialMax(octets)
                .setUnit(" MiB", MEBIBYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(err, BAR_WIDTH))
                .clearDisplayOnFinish()
                .build();
        isDrawn = true;
    }

    @Override
    public synchronized void damaged(String path, FaultRow row) {
        line(place(path, row));
        if (out != null) {
            object(json -> {
                json.writeStringField("kind", "fault");
                json.writeStringField("capture", path);
                json.writeStringField("layer", row.layer().label());
                json.writeStringField("fault", row.fault().label());
                json.writeNumberField("count", row.count());
                json.writeNumberField("frame.number", row.firstFrame());
                json.writeNumberField("offset", row.firstAt());
                json.writeStringField("about", row.about());
            });
        }
    }

    @Override
    public synchronized void refused(String path, Fault fault, String reason) {
        line("file  " + fault.label() + "  " + path + ": " + reason);
        if (out != null) {
            object(json -> {
                json.writeStringField("kind", "refused");
                json.writeStringField("path", path);
                json.writeStringField("fault", fault.label());
                json.writeStringField("reason", reason);
            });
        }
    }

    @Override
    public synchronized void note(String text) {
        line("seidex index: " + text);
    }

    @Override
    public synchronized void progress(long octets) {
        if (bar != null) {
            bar.stepTo(octets);
        }
    }

    /** Prints the summary. */
    synchronized void end(Summary summary) {
        close();
        double seconds = summary.nanos() / 1e9;
        line(text(
                "%,d capture%s, %,d packets, %,d documents, %,d octets indexed%s%s%s",
                summary.captures(),
                summary.captures() == 1 ? "" : "s",
                summary.packets(),
                summary.documents(),
                summary.octets(),
                summary.joined() == 0 ? "" : text("; put together across captures or splits: %,d", summary.joined()),
                summary.known() == 0 ? "" : text("; known already: %,d", summary.known()),
                summary.refused() == 0 ? "" : text("; gave nothing: %,d", summary.refused())));
        if (!summary.faults().isEmpty()) {
            line("faults:");
            for (Summary.FaultTotal total : summary.faults()) {
                line("  " + total(total));
            }
        }
        line(text(
                "%.1f s, %,.0f packets/s, %,.1f MB/s, shards: %,d%s",
                seconds,
                summary.packets() / seconds,
                summary.octets() / 1e6 / seconds,
                summary.shards(),
                summary.privateOctets() == 0
                        ? ""
                        : text(", peak private memory %,d MiB", summary.privateOctets() / MEBIBYTE)));
        if (out != null) {
            object(json -> {
                json.writeStringField("kind", "summary");
                json.writeNumberField("captures", summary.captures());
                json.writeNumberField("known", summary.known());
                json.writeNumberField("refused", summary.refused());
                json.writeNumberField("shards", summary.shards());
                json.writeNumberField("packets", summary.packets());
                json.writeNumberField("documents", summary.documents());
                json.writeNumberField("joined", summary.joined());
                json.writeNumberField("octets", summary.octets());
                json.writeNumberField("seconds", seconds);
                json.writeNumberField("private_octets", summary.privateOctets());
            });
        }
    }

    /** Whether every object arrived. {@code PrintStream} keeps errors to itself until it is asked. */
    boolean isWritten() {
        return out == null || !out.checkError();
    }

    /** Takes the bar away. */
    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            isDrawn = false;
        }
    }

    private static String place(String path, FaultRow row) {
        return row.layer().label() + "  " + row.fault().label() + "  " + text("%,d", row.count()) + " ×  first: " + path
                + (row.firstFrame() == 0 ? "" : " frame " + row.firstFrame())
                + " offset 0x" + Long.toHexString(row.firstAt())
                + (row.about().isEmpty() ? "" : ": " + row.about());
    }

    private static String total(Summary.FaultTotal total) {
        FaultRow first = total.first();
        FaultRow all = new FaultRow(total.layer(), total.fault(), total.count(), first.firstFrame(), first.firstAt(),
                first.about());
        return place(total.firstPath(), all)
                + (total.captures() == 1 ? "" : text(" (in %,d captures)", total.captures()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A whole line, in the place of the bar, which is drawn anew below it. */
    private void line(String text) {
        String line = OneLine.of(text);
        err.println(isDrawn ? "\r\033[K" + line : line);
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private void object(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(text);
    }

    /** Java tells this of standard input and output only. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && System.console().isTerminal();
        }
    }
}
