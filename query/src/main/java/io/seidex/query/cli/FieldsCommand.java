package io.seidex.query.cli;

import io.seidex.dictionary.Labels;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.dissect.FieldSet;
import io.seidex.query.filter.DecodedFields;
import io.seidex.query.filter.DictionaryLabels;
import io.seidex.query.filter.FilterBinder;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.store.PacketIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seidex fields}: what can be searched for and printed. */
@Command(
        name = "fields",
        description = {
            "Lists what filters may ask for and -e may print: name, type, what the index holds of it, description. Of"
                    + " protocols, filters may ask only whether they are there.",
            "",
            "With a name, that field and the labels of its values; with the beginning of names, or a pattern as"
                    + " 'pfcp.*flags*', the fields of these names."},
        optionListHeading = "%nOptions:%n")
final class FieldsCommand implements Callable<Integer> {
    private static final String DECODED = "decoded";
    private static final String PROTOCOL = "protocol";
    /** Names that are longer push the rest of their line aside. */
    private static final int WIDE = 48;
    private static final int FAULT_WIDTH = 19;

    private final Terminal terminal;
    @Mixin
    KnownDictionaries dictionaries = new KnownDictionaries();

    @Option(names = "--index", paramLabel = "DIR", description = "An index, of which the dictionaries are known too.")
    Path directory;

    private final DecodedFields decoded =
            new DecodedFields(dictionaries::schema, () -> new FieldRegistry(dictionaries.get()));

    @Spec
    CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A field, the beginning of names, or a pattern.")
    String name;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this and exit.")
    boolean help;

    FieldsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A line of the list. */
    private record Row(String name, String type, String index, String description) {}

    @Override
    public Integer call() throws IOException {
        dictionaries.of(directory == null ? null : PacketIndex.open(directory));
        StringBuilder text = new StringBuilder();
        List<Row> one = name == null ? List.of() : rows(name);
        if (one.isEmpty()) {
            list(text);
        } else {
            one(text, one.getFirst());
        }
        terminal.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
        return ExitCode.DONE;
    }

    private void list(StringBuilder text) {
        List<Row> rows = new ArrayList<>();
        for (String known : FilterBinder.names(decoded)) {
            if (name == null || isMeant(known)) {
                rows.addAll(rows(known));
            }
        }
        if (rows.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), name + ": no such field" + FilterBinder.suggestion(name, decoded));
        }
        int nameWidth =
                rows.stream().mapToInt(row -> row.name.length()).filter(width -> width <= WIDE).max().orElse(WIDE);
        int typeWidth = rows.stream().mapToInt(row -> row.type.length()).max().orElse(0);
        int indexWidth = rows.stream().mapToInt(row -> row.index.length()).max().orElse(0);
        for (Row row : rows) {
            column(text, row.name, nameWidth);
            column(text, row.type, typeWidth);
            column(text, row.index, indexWidth);
            text.append(row.description).append('\n');
        }
    }

    private boolean isMeant(String known) {
        if (name.indexOf('*') < 0) {
            return known.startsWith(name);
        }
        String pattern =
                Pattern.compile("\\*").splitAsStream(name).map(Pattern::quote).collect(Collectors.joining(".*"));
        return known.matches(name.endsWith("*") ? pattern + ".*" : pattern);
    }

    private void one(StringBuilder text, Row row) {
        text.append(row.name).append(": ").append(row.description).append('\n');
        text.append("type: ").append(row.type).append('\n');
        text.append("index: ").append(row.index).append('\n');
        if (!row.type.equals(PROTOCOL)) {
            text.append(shown());
        }
        Optional<IndexField> indexed = decoded.schema().field(name);
        Set<String> labels = new LinkedHashSet<>();
        if (indexed.filter(PacketSchema.FAULT::equals).isPresent()) {
            faults(text);
        } else if (indexed.isPresent()) {
            new DictionaryLabels(dictionaries).of(indexed.get())
                    .forEach(label -> labels.add(label.value() + "\t" + label.text()));
            labels.addAll(decoded.schema().labels(indexed.get()));
        } else {
            for (Field field : decoded.values(name).map(FieldSet::fields).orElse(List.of())) {
                labels(field.labels(), labels);
            }
        }
        labels.forEach(label -> text.append(label).append('\n'));
    }

    /** Where {@code show} has no line of the name, that; empty otherwise. */
    private String shown() {
        List<Field> lines = decoded.values(name).map(FieldSet::fields).orElse(List.of()).stream()
                .filter(field -> field.name().equals(name) && !field.isHolder()).toList();
        return lines.isEmpty() ? "show: no, only what it is made of\n"
                : lines.stream().allMatch(Field::isOfElementHeader) ? "show: with -T json only\n" : "";
    }

    /** Of the words of faults, each of a layer and a kind, the kinds. */
    private static void faults(StringBuilder text) {
        for (Fault.Subject subject : Fault.Subject.values()) {
            text.append('\n').append(subject.title()).append('\n');
            for (Fault fault : FieldTexts.faults(subject)) {
                text.append("  ");
                column(text, fault.label(), FAULT_WIDTH);
                text.append(fault.meaning()).append('\n');
            }
        }
        text.append("\nLayers: ");
        text.append(Arrays.stream(Layer.values()).map(Layer::label).collect(Collectors.joining(" "))).append('\n');
    }

    private static void labels(Labels known, Set<String> into) {
        if (known != null) {
            for (Labels.Label label : known) {
                into.add(label.from() + (label.from() == label.to() ? "" : "-" + label.to()) + "\t" + label.text());
            }
        }
    }

    /** The line of a name; none if it is unknown. */
    private List<Row> rows(String asked) {
        Optional<IndexField> indexed = decoded.schema().field(asked);
        if (indexed.isPresent()) {
            IndexField field = indexed.get();
            return List.of(new Row(asked, FieldTexts.type(field), FieldTexts.indexed(field), field.description()));
        }
        List<IndexField> either = FilterBinder.EITHER.get(asked);
        if (either != null) {
            return List.of(new Row(asked, FieldTexts.type(either.getFirst()), FieldTexts.indexed(either.getFirst()),
                    either.getFirst() + " or " + either.getLast() + "."));
        }
        if (asked.equals(FilterBinder.ABSOLUTE_TIME)) {
            return List.of(new Row(asked, "time", FieldTexts.indexed(PacketSchema.FRAME_TIME),
                    PacketSchema.FRAME_TIME + " as a date."));
        }
        if (FilterBinder.protocols(decoded.schema()).contains(asked)) {
            return List.of(new Row(asked, PROTOCOL, "terms", "Whether the packet holds it."));
        }
        return decoded.values(asked).map(fields -> List.of(row(asked, fields))).orElse(List.of());
    }

    private static Row row(String asked, FieldSet fields) {
        String types = fields.fields().stream().map(FieldTexts::type).distinct().collect(Collectors.joining(" or "));
        List<String> descriptions = fields.fields().stream().map(FieldTexts::description).distinct().toList();
        String others = descriptions.size() == 1 ? "" : " And in " + (descriptions.size() - 1) + " more.";
        return new Row(asked, types, DECODED, descriptions.getFirst() + others);
    }

    private static void column(StringBuilder text, String cell, int width) {
        text.append(cell).repeat(' ', Math.max(0, width - cell.length()) + 2);
    }
}
