package io.seidex.query.cli;

import io.seidex.query.dissect.ElementRoles;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.output.HexDump;
import io.seidex.query.output.TreeJsonSink;
import io.seidex.query.output.TreeSink;
import io.seidex.query.output.TreeTextSink;
import io.seidex.store.IndexedCapture;
import io.seidex.store.OneLine;
import io.seidex.store.PacketIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seidex show}: prints everything in packets, from an index or straight from captures. */
@Command(
        name = "show",
        customSynopsis = {
            "seidex show CAPTURE[:NUMBER]... [OPTIONS]",
            "       seidex show --index DIR [FRAME]... [OPTIONS]"},
        description = {
            "Prints everything in packets: layers, information elements, their members, and what is wrong with them.",
            "",
            "Of each: the octets of the frame, from the first to behind the last; what it is and says; and the name that"
                    + " filters and -e know it by. An information element of one value is one line.",
            "",
            "A capture is shown as it is, from the first packet on; with a number, that packet. It is read once: what only"
                    + " later packets tell of a piece (what became of it, what is missing) is in an index. From that, a frame is"
                    + " what 'seidex query' prints: CAPTURE:NUMBER with any unambiguous tail of the capture's path, or"
                    + " the number if the index holds one capture. Where a file's name ends in a colon and digits, the"
                    + " file is meant."},
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failure of the machine or of the program",
            "2:wrong usage, no such capture or frame, or no index that can be read",
            "3:done, but a capture is damaged, is gone or has changed"})
final class ShowCommand implements Callable<Integer> {
    private static final int NAMED = 3;

    private final Terminal terminal;
    private boolean isDamaged;
    private HexDump dump;

    @Spec
    CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FRAME",
            description = "What to show. With --index, none means every packet.")
    List<String> frames = List.of();

    @Option(names = "--index", paramLabel = "DIR", description = "The index that the frames are in.")
    Path directory;

    @Option(names = "-T", paramLabel = "FORMAT", description = "text or json (an object a line). Default: text.")
    String format = "text";

    @Option(names = "--hex", description = "With -T text, print the octets too, those of the innermost layer marked.")
    boolean hex;

    @Option(names = "--mark", paramLabel = "NAME",
            description = "As --hex, but mark a layer (pfcp) or a field (pfcp.f_teid.teid).")
    String marked;

    @Mixin
    KnownDictionaries dictionaries = new KnownDictionaries();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this and exit.")
    boolean help;

    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (directory == null && frames.isEmpty()) {
            throw wrong("missing: CAPTURE[:NUMBER], or --index DIR");
        }
        PacketIndex index = directory == null ? null : PacketIndex.open(directory);
        dictionaries.of(index);
        FieldRegistry fields = new FieldRegistry(dictionaries.get());
        TreeSink sink = sink(fields);
        if (index == null) {
            fromCaptures(fields, sink);
        } else {
            fromIndex(index, fields, sink);
        }
        sink.finish();
        if (marked != null && !dump.hasMarked()) {
            terminal.say("--mark " + marked + ": what is shown holds none");
        }
        return isDamaged ? ExitCode.DAMAGED : ExitCode.DONE;
    }

    private TreeSink sink(FieldRegistry fields) throws IOException {
        boolean dumps = hex || marked != null;
        if (marked != null && fields.named(marked).isEmpty()) {
            throw wrong("--mark " + marked + ": no such layer or field");
        }
        dump = dumps ? new HexDump(marked == null ? "" : marked) : null;
        return switch (format) {
            case "text" -> new TreeTextSink(new ElementRoles(fields), terminal.out(), ZoneId.systemDefault(),
                    dump, hasColours());
            case "json" -> {
                if (dumps) {
                    throw wrong("--hex and --mark need -T text");
                }
                yield new TreeJsonSink(new ElementRoles(fields), terminal.out(), ZoneId.systemDefault());
            }
            default -> throw wrong("unknown format: -T " + format + "; text and json are known");
        };
    }

    private boolean hasColours() {
        String refused = System.getenv("NO_COLOR");
        return (refused == null || refused.isEmpty()) && !"dumb".equals(System.getenv("TERM"))
                && terminal.out() instanceof StandardOutput && StandardOutput.isTerminal();
    }

    private void fromCaptures(FieldRegistry fields, TreeSink sink) throws IOException {
        CaptureFrames captures = new CaptureFrames(fields, sink, this::damaged);
        for (String text : frames) {
            FrameArgument argument = FrameArgument.parse(text, ShowCommand::isFile)
                    .filter(found -> !found.capture().isEmpty())
                    .orElseThrow(() -> wrong(OneLine.of(text) + ": no such capture"));
            if (isNoFile(argument.capture())) {
                sink.finish();
                throw wrong(OneLine.of(argument.capture()) + ": no capture: it is no regular file");
            }
            if (!captures.print(argument.capture(), argument.number())) {
                sink.finish();
                throw wrong(OneLine.of(text) + ": the capture has no such frame");
            }
        }
    }

    private static boolean isFile(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isNoFile(String path) {
        return isFile(path) && !Files.isRegularFile(Path.of(path));
    }

    private void damaged(String line) {
        isDamaged = true;
        terminal.say(line);
    }

    private void fromIndex(PacketIndex index, FieldRegistry fields, TreeSink sink) throws IOException {
        Captures captures = new Captures(index.captures());
        try (IndexFrames packets = new IndexFrames(index, fields, sink, this::damaged)) {
            if (frames.isEmpty()) {
                for (IndexedCapture capture : index.captures()) {
                    packets.print(capture, OptionalLong.empty());
                }
            }
            for (String text : frames) {
                FrameArgument argument = FrameArgument.parse(text, tail -> !captures.ending(tail).isEmpty())
                        .orElseThrow(() -> wrong(OneLine.of(text) + ": the index holds no such capture"));
                IndexedCapture capture = capture(captures, argument);
                if (!packets.print(capture, argument.number())) {
                    sink.finish();
                    throw wrong(OneLine.of(text) + ": no such frame; the index holds " + capture.packets() + " of "
                            + OneLine.of(capture.path()));
                }
            }
        }
    }

    private IndexedCapture capture(Captures captures, FrameArgument argument) {
        List<IndexedCapture> all = captures.captures();
        if (argument.capture().isEmpty()) {
            long number = argument.number().orElseThrow();
            if (all.size() != 1) {
                throw wrong(number + ": the index holds " + all.size() + " captures; write CAPTURE:" + number);
            }
            return all.getFirst();
        }
        Map<String, String> found = captures.ending(argument.capture());
        if (found.size() > 1) {
            throw wrong(OneLine.of(argument.capture()) + " is any of " + found.size() + " captures: "
                    + OneLine.of(String.join(", ", found.values().stream().limit(NAMED).toList()))
                    + (found.size() > NAMED ? ", …" : ""));
        }
        return all.stream().filter(capture -> found.containsKey(capture.id())).findFirst().orElseThrow();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
