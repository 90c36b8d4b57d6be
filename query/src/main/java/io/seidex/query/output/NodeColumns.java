package io.seidex.query.output;

import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.PacketTree;
import java.util.Arrays;
import java.util.List;

/**
 * The nodes of a packet's tree that are values of the fields to print, by field. The tree is walked once for each packet,
 * however many fields are printed.
 */
final class NodeColumns {
    private static final int[] NONE = {};

    /** The columns of each field of the registry, by its ordinal. */
    private int[][] columns = {};
    private final int[] first;
    private final int[] last;
    private int[] nodes = new int[64];
    private int[] nexts = new int[64];
    private final boolean isNeeded;

    NodeColumns(List<OutputField> fields) {
        first = new int[fields.size()];
        last = new int[fields.size()];
        isNeeded = fields.stream().anyMatch(OutputField::isDecoded);
        for (int column = 0; column < fields.size(); column++) {
            if (fields.get(column).isDecoded()) {
                for (Field field : fields.get(column).decoded().fields()) {
                    add(field.ordinal(), column);
                }
            }
        }
    }

    private void add(int ordinal, int column) {
        if (columns.length <= ordinal) {
            int before = columns.length;
            columns = Arrays.copyOf(columns, ordinal + 1);
            Arrays.fill(columns, before, columns.length, NONE);
        }
        int[] grown = Arrays.copyOf(columns[ordinal], columns[ordinal].length + 1);
        grown[grown.length - 1] = column;
        columns[ordinal] = grown;
    }

    /** Whether any field is read from trees. */
    boolean isNeeded() {
        return isNeeded;
    }

    /** @param tree null: there are no nodes */
    void fill(PacketTree tree) {
        Arrays.fill(first, -1);
        int used = 0;
        int size = tree == null ? 0 : tree.size();
        for (int node = 0; node < size; node++) {
            int ordinal = tree.field(node).ordinal();
            for (int column : ordinal < columns.length ? columns[ordinal] : NONE) {
                if (used == nodes.length) {
                    nodes = Arrays.copyOf(nodes, 2 * used);
                    nexts = Arrays.copyOf(nexts, 2 * used);
                }
                nodes[used] = node;
                nexts[used] = -1;
                if (first[column] < 0) {
                    first[column] = used;
                } else {
                    nexts[last[column]] = used;
                }
                last[column] = used++;
            }
        }
    }

    /** The first occurrence of a column, -1 if there is none. */
    int first(int column) {
        return first[column];
    }

    /** The occurrence behind one, -1 if there is none. */
    int next(int occurrence) {
        return nexts[occurrence];
    }

    int node(int occurrence) {
        return nodes[occurrence];
    }
}
