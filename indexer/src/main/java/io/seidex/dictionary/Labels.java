package io.seidex.dictionary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** An enumeration: what the values of a member are called. Immutable, in ascending order of the values. */
public final class Labels implements Iterable<Labels.Label> {
    /**
     * What the values {@code from} to {@code to} are called.
     *
     * @param to the same as {@code from}, except where a range shares one label
     */
    public record Label(long from, long to, String text) {}

    private final String name;
    private final Label[] labels;

    Labels(String name, List<Label> labels) {
        this.name = name;
        this.labels = labels.toArray(new Label[0]);
        Arrays.sort(this.labels, Comparator.comparingLong(Label::from));
    }

    /** Such as {@code pfcp.causes}. */
    public String name() {
        return name;
    }

    /** What a value is called; empty if the enumeration does not know it. */
    public String of(long value) {
        int low = 0;
        int high = labels.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Label label = labels[middle];
            if (value < label.from()) {
                high = middle - 1;
            } else if (value > label.to()) {
                low = middle + 1;
            } else {
                return label.text();
            }
        }
        return "";
    }

    /** The value of a label, whatever its case; -1 if there is none. */
    public long value(String text) {
        for (Label label : labels) {
            if (label.text().equalsIgnoreCase(text)) {
                return label.from();
            }
        }
        return -1;
    }

    @Override
    public Iterator<Label> iterator() {
        return List.of(labels).iterator();
    }
}
