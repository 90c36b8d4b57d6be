package io.seidex.query.filter;

import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.Labels;
import io.seidex.dictionary.Message;
import io.seidex.schema.IndexField;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The labels of fields, from the dictionaries: names of messages, of information elements, of the values of enumerations.
 * Nothing is read before it is asked for. Case and blanks do not matter.
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
    public OptionalLong value(IndexField field, String label) {
        String asked = label.replace(" ", "");
        return of(field).stream()
                .filter(known -> known.text().replace(" ", "").equalsIgnoreCase(asked))
                .mapToLong(Label::value)
                .findFirst();
    }

    /** All labels of a field, by ascending value; empty if it has none. */
    public List<Label> of(IndexField field) {
        String list = field.labels();
        int dot = list.indexOf('.');
        if (dot < 0) {
            return List.of();
        }
        Dictionary dictionary = switch (list.substring(0, dot)) {
            case "pfcp" -> dictionaries.get().pfcp();
            case "gtpv2" -> dictionaries.get().gtpv2();
            case "gtp" -> dictionaries.get().gtpv1();
            default -> null;
        };
        if (dictionary == null) {
            return labels(dictionaries.get().declared().labels(list));
        }
        return switch (list.substring(dot + 1)) {
            case "messages" -> messages(dictionary);
            case "ies" -> elements(dictionary);
            default -> labels(dictionary.labels(list));
        };
    }

    private static List<Label> messages(Dictionary dictionary) {
        List<Label> labels = new ArrayList<>();
        for (Message message : dictionary.messages()) {
            labels.add(new Label(message.type(), message.name()));
        }
        return labels;
    }

    private static List<Label> elements(Dictionary dictionary) {
        List<Label> labels = new ArrayList<>();
        for (Element element : dictionary.elements()) {
            if (element.enterprise() == 0) {
                labels.add(new Label(element.type(), element.name()));
            }
        }
        return labels;
    }

    private static List<Label> labels(Labels enumeration) {
        List<Label> labels = new ArrayList<>();
        for (Labels.Label label : enumeration) {
            for (long value = label.from(); value <= label.to() && value - label.from() < 256; value++) {
                labels.add(new Label(value, label.text()));
            }
        }
        return labels;
    }
}
