package io.seidex.query.cli;

import io.seidex.query.filter.DictionaryLabels;
import io.seidex.query.filter.FilterBinder;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seidex fields}: what can be searched for and printed. */
@Command(
        name = "fields",
        description = "Lists the fields of an index; with a name, that field and the labels of its values.",
        optionListHeading = "%nOptions:%n")
final class FieldsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A field.")
    String name;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this and exit.")
    boolean help;

    FieldsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        StringBuilder text = new StringBuilder();
        if (name == null) {
            all(text);
        } else {
            one(text);
        }
        terminal.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
        return ExitCode.DONE;
    }

    private static void all(StringBuilder text) {
        int nameWidth = 0;
        int typeWidth = 0;
        for (IndexField field : PacketSchema.FIELDS) {
            nameWidth = Math.max(nameWidth, field.name().length());
            typeWidth = Math.max(typeWidth, FieldTexts.type(field).length());
        }
        for (IndexField field : PacketSchema.FIELDS) {
            column(text, field.name(), nameWidth);
            column(text, FieldTexts.type(field), typeWidth);
            column(text, FieldTexts.indexed(field), FieldTexts.INDEXED_WIDTH);
            text.append(field.description()).append('\n');
        }
        text.append('\n');
        FilterBinder.EITHER.keySet().stream().sorted().forEach(either -> {
            List<IndexField> fields = FilterBinder.EITHER.get(either);
            column(text, either, nameWidth(either));
            text.append(fields.getFirst()).append(" or ").append(fields.getLast()).append('\n');
        });
        text.append(FilterBinder.ABSOLUTE_TIME).append("  ").append(PacketSchema.FRAME_TIME).append(" as a date\n");
        text.append("protocols: ").append(String.join(" ", FilterBinder.protocols())).append('\n');
    }

    private static int nameWidth(String either) {
        return Math.max(either.length(), FilterBinder.ABSOLUTE_TIME.length());
    }

    private void one(StringBuilder text) {
        IndexField field = PacketSchema.field(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), name + ": no such field" + FilterBinder.suggestion(name)));
        text.append(field.name()).append(": ").append(field.description()).append('\n');
        text.append("type: ").append(FieldTexts.type(field)).append('\n');
        text.append("index: ").append(FieldTexts.indexed(field)).append('\n');
        for (DictionaryLabels.Label label : DictionaryLabels.of(field)) {
            text.append(label.value()).append('\t').append(label.text()).append('\n');
        }
        for (String word : PacketSchema.labels(field)) {
            text.append(word).append('\n');
        }
    }

    private static void column(StringBuilder text, String cell, int width) {
        text.append(cell).repeat(' ', width - cell.length() + 2);
    }
}
