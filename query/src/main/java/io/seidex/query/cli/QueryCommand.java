package io.seidex.query.cli;

import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.filter.DecodedFields;
import io.seidex.query.filter.DictionaryLabels;
import io.seidex.query.filter.Filter;
import io.seidex.query.filter.FilterBinder;
import io.seidex.query.filter.FilterException;
import io.seidex.query.filter.FilterParser;
import io.seidex.query.filter.NumberSet;
import io.seidex.query.filter.Predicate;
import io.seidex.query.filter.TimeText;
import io.seidex.query.output.FieldsOptions;
import io.seidex.query.output.FieldsSink;
import io.seidex.query.output.JsonSink;
import io.seidex.query.output.OutputField;
import io.seidex.query.output.PacketSink;
import io.seidex.query.output.TextSink;
import io.seidex.query.search.FrameNames;
import io.seidex.query.search.PacketSearch;
import io.seidex.query.search.WithFragments;
import io.seidex.schema.PacketSchema;
import io.seidex.store.PacketIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seidex query}: prints the packets that match a filter. */
@Command(
        name = "query",
        description = {
            "Prints the packets that match a filter, in capture order: captures by the time of their first packet, then"
                    + " by path; their packets by number.",
            "",
            "Filters are Wireshark's: pfcp.seid == 0x1 && ip.addr == 10.0.0.0/8. 'seidex fields' lists the fields."
                    + " capture == PATH takes any unambiguous tail of a capture's path.",
            "",
            "A line of text: the frame's name (CAPTURE:NUMBER, or the number if the index holds one capture), date and"
                    + " time in the machine's zone, addresses, protocol, octets on the wire, messages and their SEIDs."},
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, also when nothing matched",
            "1:failure of the machine or of the program",
            "2:wrong usage, wrong filter, or no index that can be read",
            "3:done, but a capture is gone or has changed"})
final class QueryCommand implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin
    KnownDictionaries dictionaries = new KnownDictionaries();

    private final DecodedFields decoded =
            new DecodedFields(dictionaries::schema, () -> new FieldRegistry(dictionaries.get()));
    private boolean isDamaged;

    @Spec
    CommandSpec spec;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index.")
    Path directory;

    @Parameters(arity = "0..*", paramLabel = "FILTER",
            description = "Which packets; none means all. Several words are one"
                    + " filter.")
    List<String> filter = List.of();

    @Option(names = "-T", paramLabel = "FORMAT", description = "text, fields (as tshark; needs -e) or json (an object a"
            + " line). Default: text, or fields if -e is given.")
    String format;

    @Option(names = "-e", paramLabel = "FIELD", description = "A field to print; may be given several times.")
    List<String> fieldNames = List.of();

    @Option(names = "-E", paramLabel = "OPTION",
            description = "How fields are printed, as in tshark: " + FieldsOptions.NAMES)
    List<String> fieldsOptions = List.of();

    @Option(names = "-c", paramLabel = "N", description = "Stop after so many packets.")
    Long most;

    @Option(names = "--count", description = "Print only how many packets match.")
    boolean count;

    @Option(names = "--with-fragments",
            description = "Print also the packets that brought pieces of what matching packets complete: fragments, and"
                    + " pieces of divided messages and of streams.")
    boolean withFragments;

    @Option(names = "--from", paramLabel = "T",
            description = "Only packets from this time on: 2026-01-31 10:00:00, with Z or"
                    + " +01:00 if not in the machine's zone, or seconds since 1970.")
    String from;

    @Option(names = "--to", paramLabel = "T", description = "Only packets before this time.")
    String to;

    @Option(names = "-w", paramLabel = "FILE", hidden = true)
    Path written;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this and exit.")
    boolean help;

    QueryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (written != null) {
            throw wrong("-w (writing packets to a capture) is not supported");
        }
        if (most != null && most < 1) {
            throw wrong("-c must be at least 1");
        }
        ZoneId zone = ZoneId.systemDefault();
        List<Predicate> all = new ArrayList<>();
        times(zone, all);
        FieldsOptions options = options();
        String chosen = format();
        String text = String.join(" ", filter);
        // What is wrong with the filter's grammar is told before the index is looked at; what it names, after that.
        try {
            Filter tree = FilterParser.parse(text);
            PacketIndex index = PacketIndex.open(directory);
            dictionaries.of(index);
            List<OutputField> fields = fields();
            FilterBinder binder =
                    new FilterBinder(new DictionaryLabels(dictionaries), new Captures(index.captures()), decoded,
                            zone);
            all.add(binder.bind(tree));
            search(index, Predicate.allOf(all), sinkOf(chosen, fields, options, zone, index));
        } catch (FilterException e) {
            terminal.say("wrong filter: " + e.getMessage());
            terminal.err().println(e.picture(text));
            return ExitCode.USAGE;
        }
        return isDamaged ? ExitCode.DAMAGED : ExitCode.DONE;
    }

    private void search(PacketIndex index, Predicate predicate, PacketSink sink) throws IOException {
        long limit = most == null ? Long.MAX_VALUE : most;
        if (withFragments) {
            searchWithFragments(index, predicate, sink, limit);
            return;
        }
        try (PacketSearch search = new PacketSearch(index, decoded::registry, this::tellOfDamage)) {
            if (count) {
                long found = Math.min(limit, search.count(predicate));
                terminal.out().write((found + "\n").getBytes(StandardCharsets.US_ASCII));
                return;
            }
            sink.begin();
            long[] left = {limit};
            search.each(predicate, hit -> sink.accept(hit) && --left[0] > 0);
            sink.finish();
        }
    }

    private void searchWithFragments(PacketIndex index, Predicate predicate, PacketSink sink, long limit)
            throws IOException {
        Set<String> told = new HashSet<>();
        long[] left = {limit};
        try (WithFragments search = new WithFragments(index, decoded::registry, line -> {
            if (told.add(line)) {
                tellOfDamage(line);
            }
        })) {
            if (count) {
                search.each(predicate, hit -> --left[0] > 0);
                terminal.out().write((limit - left[0] + "\n").getBytes(StandardCharsets.US_ASCII));
                return;
            }
            sink.begin();
            search.each(predicate, hit -> sink.accept(hit) && --left[0] > 0);
            sink.finish();
        }
    }

    private void tellOfDamage(String line) {
        isDamaged = true;
        terminal.say(line);
    }

    private PacketSink sinkOf(
            String chosen, List<OutputField> fields, FieldsOptions options, ZoneId zone, PacketIndex index)
            throws IOException {
        return switch (chosen) {
            case "fields" -> new FieldsSink(fields, options, zone, terminal.out());
            case "json" -> new JsonSink(index.schema(), fields, zone, terminal.out());
            default -> new TextSink(new FrameNames(index.captures()), dictionaries, zone, terminal.out());
        };
    }

    private String format() {
        String chosen = format == null ? fieldNames.isEmpty() ? "text" : "fields" : format;
        switch (chosen) {
            case "text" -> {
                if (!fieldNames.isEmpty()) {
                    throw wrong("-e needs -T fields or -T json");
                }
            }
            case "fields" -> {
                if (fieldNames.isEmpty()) {
                    throw wrong("-T fields needs at least one -e FIELD");
                }
            }
            case "json" -> {
                // With -e or without.
            }
            case "csv", "ek", "pdml", "psml", "jsonraw", "ps", "tabs" ->
                    throw wrong("-T " + chosen + " is not supported; text, fields and json are");
            default -> throw wrong("unknown format: -T " + chosen + "; text, fields and json are known");
        }
        return chosen;
    }

    private List<OutputField> fields() {
        List<OutputField> fields = new ArrayList<>();
        for (String name : fieldNames) {
            fields.add(OutputField.of(name, decoded)
                    .orElseThrow(() -> wrong(FilterBinder.protocols(decoded.schema()).contains(name)
                            ? "-e " + name + ": a protocol has no value to print"
                            : "-e " + name + ": no such field" + FilterBinder.suggestion(name, decoded))));
        }
        return fields;
    }

    private FieldsOptions options() {
        FieldsOptions options = FieldsOptions.STANDARD;
        for (String option : fieldsOptions) {
            options = options.with(option)
                    .orElseThrow(() -> wrong("-E " + option + ": not an option; known are " + FieldsOptions.NAMES));
        }
        return options;
    }

    private void times(ZoneId zone, List<Predicate> into) {
        long first = from == null ? Long.MIN_VALUE : time("--from", from, zone);
        long end = to == null ? Long.MAX_VALUE : time("--to", to, zone) - 1;
        if (from != null || to != null) {
            NumberSet set = NumberSet.of(true, List.of(new NumberSet.Range(first, end)));
            into.add(new Predicate.NumberIn(PacketSchema.FRAME_TIME, set));
        }
    }

    private long time(String option, String text, ZoneId zone) {
        OptionalLong epoch = TimeText.epoch(text);
        OptionalLong time = epoch.isPresent() ? epoch : TimeText.absolute(text, zone);
        return time.orElseThrow(
                () -> wrong(option + " " + text + ": not a time, as 2026-01-31 10:00:00 or 1700000000.5"));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
