package io.seidex.query.output;

import io.seidex.query.dissect.NodeText;
import io.seidex.query.dissect.PacketTree;
import io.seidex.query.search.Hit;
import io.seidex.query.search.PacketValues;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

/**
 * The occurrences of the fields to print in one packet, wherever they are read: in its document, among the values that are
 * indexed, or in its tree. Nothing is read that no field needs.
 */
final class Occurrences {
    private final OutputField[] fields;
    private final boolean isIndexed;
    private final boolean isOfRecord;
    private final NodeColumns nodes;
    private final ValuePrinter printer = new ValuePrinter();
    private final TimePrinter times;
    private final NodeText nodeText = new NodeText();

    private Hit hit;
    private PacketValues values;
    private PacketTree tree;

    Occurrences(List<OutputField> fields, ZoneId zone) {
        List<OutputField> indexed = fields.stream().filter(field -> !field.isDecoded()).toList();
        this.fields = fields.toArray(new OutputField[0]);
        this.isIndexed = !indexed.isEmpty();
        this.isOfRecord = indexed.stream().allMatch(OutputField::isOfRecord);
        this.nodes = new NodeColumns(fields);
        this.times = new TimePrinter(zone);
    }

    /** Reads a packet. */
    void over(Hit hit) throws IOException {
        this.hit = hit;
        values = !isIndexed ? null : isOfRecord ? hit.recordValues() : hit.values();
        tree = nodes.isNeeded() ? hit.tree() : null;
        nodes.fill(tree);
    }

    /** The first occurrence of a field, by its place in the list; -1 if there is none. */
    int first(int field) {
        return fields[field].isDecoded() ? nodes.first(field) : fields[field].next(values, 0);
    }

    /** The one behind an occurrence, -1 if there is none. */
    int next(int field, int occurrence) {
        return fields[field].isDecoded() ? nodes.next(occurrence) : fields[field].next(values, occurrence + 1);
    }

    void print(int field, int occurrence, TextBuffer into) throws IOException {
        if (fields[field].isDecoded()) {
            nodeText.clear();
            nodeText.print(tree, nodes.node(occurrence));
            into.put(nodeText.octets(), 0, nodeText.length());
        } else if (fields[field].asDate()) {
            times.printed(values.number(occurrence), into);
        } else {
            printer.print(hit, values, occurrence, into);
        }
    }
}
