package io.seidex.query.filter;

import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Labels;
import io.seidex.schema.IndexField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The labels of fields, from the dictionaries: names of messages, of information elements, of the values of enumerations.
 * Nothing is read before it is asked for. Case and blanks do not matter. Fields that are words have the schema's.
 */
public final class DictionaryLabels implements FilterBinder.FieldLabels {
    private final Supplier<Dictionaries> dictionaries;

    /** @param dictionaries not asked for before a label is */
    public DictionaryLabels(Supplier<Dictionaries> dictionaries) {
        this.dictionaries = dictionaries;
    }

    /** What a value of a field is called. */
    public record Label(long value, String text) {}

    @Override
    public Optional<NumberSet.Range> values(IndexField field, String label) {
        String asked = label.replace(" ", "");
        return ranges(field).stream()
                .filter(known -> known.text().replace(" ", "").equalsIgnoreCase(asked))
                .map(known -> new NumberSet.Range(known.from(), known.to()))
                .findFirst();
    }

    /** All labels of a field, by ascending value, of long ranges the first; empty if it has none. */
    public List<Label> of(IndexField field) {
        List<Label> labels = new ArrayList<>();
        for (Labels.Label label : ranges(field)) {
            for (long value = label.from(); value <= label.to() && value - label.from() < 256; value++) {
                labels.add(new Label(value, label.text()));
            }
        }
        return labels;
    }

    private List<Labels.Label> ranges(IndexField field) {
        if (field.kind() == IndexField.Kind.LABEL) {
            return List.of();
        }
        String list = field.labels();
        int dot = list.indexOf('.');
        if (dot < 0) {
            return List.of();
        }
        Dictionary dictionary = switch (list.substring(0, dot)) {
            case "pfcp" -> dictionaries.get().pfcp();
            // Of S1AP there is what GTPv2 quotes.
            case "gtpv2", "s1ap" -> dictionaries.get().gtpv2();
            case "gtp" -> dictionaries.get().gtpv1();
            default -> null;
        };
        if (dictionary == null) {
            return all(dictionaries.get().declared().labels(list));
        }
        return switch (list.substring(dot + 1)) {
            case "messages" -> dictionary.messages().stream()
                    .map(message -> new Labels.Label(message.type(), message.type(), message.name())).toList();
            case "ies" -> dictionary.elements().stream().filter(element -> element.enterprise() == 0)
                    .map(element -> new Labels.Label(element.type(), element.type(), element.name())).toList();
            default -> all(dictionary.labels(list));
        };
    }

    private static List<Labels.Label> all(Labels enumeration) {
        List<Labels.Label> labels = new ArrayList<>();
        enumeration.forEach(labels::add);
        return labels;
    }
}
