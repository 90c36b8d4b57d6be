package io.seidex.cli;

import io.seidex.batch.Batch;
import io.seidex.batch.Inputs;
import io.seidex.batch.Summary;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.DictionaryException;
import io.seidex.dictionary.DictionaryFile;
import io.seidex.schema.PacketSchema;
import io.seidex.store.IndexException;
import io.seidex.store.OneLine;
import io.seidex.store.Settings;
import io.seidex.store.WritableIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seidex index}: adds captures to an index. */
@Command(
        name = "index",
        description = {
            "Adds captures to an index, which is made if it is not there.",
            "",
            "What the index holds already is not indexed again: the same file, the same content under another name, and"
                    + " of a file that grew all but the new end. A run that was killed is continued by running the same"
                    + " command again."
        },
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failure of the machine or of the program",
            "2:wrong usage, or an index that was made with other settings",
            "3:done, but some input was damaged or unreadable"
        })
final class IndexCommand implements Callable<Integer> {
    /** What the program itself takes leaves no room for columns below that. */
    private static final long SMALLEST_MEMORY = 256L << 20;
    private static final long SMALLEST_SPLIT = 1 << 20;
    private static final Path STANDARD_INPUT = Path.of("-");

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "A capture (pcap, pcapng, K12 text, hex dump), or a directory: all files below it, except hidden"
                    + " ones. - is standard input, which the index keeps a copy of.")
    List<Path> paths;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index's directory.")
    Path directory;

    @Option(names = "--threads", paramLabel = "N", description = "Captures, or parts of captures, that are indexed at a"
            + " time. Default: the machine's cores.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--memory", paramLabel = "SIZE", converter = Size.Converter.class,
            description = "The most memory to take, for example 4G; at least 256M. The captures themselves are not counted:"
                    + " they are the system's page cache.")
    Size memory;

    @Option(names = "--split-size", paramLabel = "SIZE", converter = Size.Converter.class,
            description = "A larger capture"
                    + " is indexed in parts of about this size; at least 1M. Default: 1G. An index has one.")
    Size splitSize;

    @Option(names = "--payload", paramLabel = "WHAT",
            description = "Which octets to store: reassembled (datagrams and messages that were put together from several"
                    + " packets), all (every packet too: then the captures are not needed any more) or none. Default:"
                    + " reassembled. An index has one.")
    String payload = Settings.PAYLOAD;

    @Option(names = "--dictionary", paramLabel = "FILE",
            description = "Elements and messages to know besides the built-in ones, as docs/dictionaries describes, and"
                    + " protocols of your own, as docs/declared-protocols.md does; may be given several times. The index"
                    + " keeps what the files say.")
    List<Path> dictionaries = List.of();

    @Option(names = "--json", description = "Print what was done and what was wrong to standard output, a JSON object a"
            + " line.")
    boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this and exit.")
    boolean help;

    @Override
    public Integer call() {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1");
        }
        if (memory != null && memory.octets() < SMALLEST_MEMORY) {
            throw new ParameterException(spec.commandLine(), "--memory must be at least 256M");
        }
        if (splitSize != null && splitSize.octets() < SMALLEST_SPLIT) {
            throw new ParameterException(spec.commandLine(), "--split-size must be at least 1M");
        }
        if (!List.of(Settings.PAYLOAD, Settings.PAYLOAD_ALL, Settings.PAYLOAD_NONE).contains(payload)) {
            throw new ParameterException(spec.commandLine(),
                    "--payload " + payload + ": reassembled, all and none are known");
        }
        List<String> missing = new ArrayList<>();
        List<Path> named = new ArrayList<>();
        List<String> inexpressible = new ArrayList<>();
        for (Path path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                continue;
            }
            String octets = Inputs.inexpressible(path.toString());
            if (octets != null) {
                inexpressible.add(octets);
            } else if (Inputs.exists(path)) {
                named.add(path);
            } else {
                missing.add(path.toString());
            }
        }
        if (!missing.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "no such file or directory: " + String.join(", ", missing));
        }
        Settings settings = settings();
        IndexReport report = json ? IndexReport.json() : IndexReport.text();
        try (report) {
            return index(settings, report, named, inexpressible);
        } catch (IndexException e) {
            report.note(e.getMessage());
            return IndexerMain.USAGE;
        } catch (IOException e) {
            report.note(OneLine.of(e));
            return IndexerMain.FAILED;
        } catch (InterruptedException e) {
            return IndexerMain.FAILED;
        } catch (OutOfMemoryError e) {
            report.note("out of memory: allow more with --memory, or fewer --threads");
            return IndexerMain.FAILED;
        } catch (RuntimeException | Error e) {
            report.note("this is a defect of the program: " + e);
            e.printStackTrace();
            return IndexerMain.FAILED;
        }
    }

    /** What an index is made with; a dictionary that cannot be read is wrong usage. */
    private Settings settings() {
        Settings settings = Settings.standard().withPayload(payload);
        if (splitSize != null) {
            settings = settings.withSplitSize(splitSize.octets());
        }
        if (dictionaries.isEmpty()) {
            return settings;
        }
        try {
            List<DictionaryFile> files = DictionaryFile.read(dictionaries);
            PacketSchema.check(Dictionaries.builtIn().extendedBy(files));
            return settings.withDictionaryFiles(files);
        } catch (DictionaryException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--dictionary: " + OneLine.of(e));
        }
    }

    private int index(Settings settings, IndexReport report, List<Path> named, List<String> inexpressible)
            throws IOException, InterruptedException {
        long bound = Runtime.getRuntime().maxMemory();
        if (memory != null) {
            bound = Math.min(bound, memory.octets());
        }
        try (WritableIndex index = WritableIndex.open(directory.toAbsolutePath().normalize(), settings, report::note)) {
            Path kept = null;
            if (paths.contains(STANDARD_INPUT)) {
                kept = index.keep(System.in);
                named.add(kept);
            }
            Inputs inputs = Inputs.of(named);
            inexpressible.forEach(inputs::unreadable);
            report.begin(inputs);
            Summary summary = new Batch(index, threads, bound, report).run(inputs);
            report.end(summary);
            if (kept != null) {
                index.release(kept);
            }
            if (!report.isWritten()) {
                report.note("indexed, but what was to be printed could not be written to standard output");
                return IndexerMain.FAILED;
            }
            return summary.isDamaged() || !inputs.empty().isEmpty() ? IndexerMain.DAMAGED : IndexerMain.DONE;
        }
    }
}
