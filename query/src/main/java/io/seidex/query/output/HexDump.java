package io.seidex.query.output;

import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.PacketTree;
import java.io.IOException;
import java.util.BitSet;

/**
 * Prints the octets of a frame, sixteen to a line, those of a layer or a field marked: in reverse on a terminal, otherwise
 * between brackets.
 * <pre>
 * 0020  02 03 22 65 22 65 00 26  73 1a[20 05 00 1a 00 80   .."e"e.&amp;s. .....
 * 0030  7b 00]00 3c 00 05 00 c0  00 02 01 00 60 00 04 ed   {..&lt;........`...
 * </pre>
 * What was put together from several frames is a view of its own beside the frame; then each has a title.
 */
public final class HexDump {
    private static final int OCTETS_A_LINE = 16;
    private static final String DIGITS = "0123456789abcdef";

    private final String marked;
    private final BitSet marks = new BitSet();
    private boolean hasMarked;

    /** @param marked the name of a layer or a field; empty: the innermost layer */
    public HexDump(String marked) {
        this.marked = marked;
    }

    /** Whether anything was marked so far. */
    public boolean hasMarked() {
        return hasMarked;
    }

    void print(PacketTree tree, LineOutput lines, boolean colours) throws IOException {
        for (int view = 0; view < tree.views(); view++) {
            if (tree.views() > 1) {
                if (view > 0) {
                    lines.endLine();
                }
                title(tree, view, lines.text());
                lines.endLine();
            }
            mark(tree, view);
            int length = tree.viewLength(view);
            int digits = length > 0x10000 ? 8 : 4;
            for (int at = 0; at < length; at += OCTETS_A_LINE) {
                line(tree, view, at, Math.min(length, at + OCTETS_A_LINE), digits, lines.text(), colours);
                lines.endLine();
            }
        }
    }

    private static void title(PacketTree tree, int view, TextBuffer line) {
        if (view > 0) {
            line.putUnsigned(view).put(": ");
        }
        int length = tree.viewLength(view);
        line.put(tree.viewTitle(view)).put(" (").putUnsigned(length).put(length == 1 ? " byte)" : " bytes)");
    }

    private void mark(PacketTree tree, int view) {
        marks.clear();
        int innermost = 0;
        for (int node = 0; node < tree.size(); node++) {
            if (tree.parent(node) < 0 && tree.length(node) > 0) {
                innermost = node;
            }
            if (tree.field(node).name().equals(marked)) {
                mark(tree, view, node);
            }
        }
        if (marked.isEmpty()) {
            mark(tree, view, innermost);
        }
    }

    private void mark(PacketTree tree, int view, int node) {
        Field field = tree.field(node);
        if (tree.view(node) == view && (field.kind() == Field.Kind.LAYER || tree.length(node) > 0)) {
            marks.set(tree.at(node), tree.at(node) + tree.length(node));
            hasMarked = true;
        }
    }

    private void line(PacketTree tree, int view, int from, int to, int digits, TextBuffer line, boolean colours) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            line.put(DIGITS.charAt(from >>> shift & 15));
        }
        line.put(' ');
        for (int i = from; i < from + OCTETS_A_LINE; i++) {
            between(i, from, to, line, colours);
            if (i < to) {
                int octet = tree.viewOctet(view, i);
                line.put(DIGITS.charAt(octet >>> 4)).put(DIGITS.charAt(octet & 15));
            } else {
                line.put("  ");
            }
        }
        between(from + OCTETS_A_LINE, from, to, line, colours);
        line.put("  ");
        for (int i = from; i < to; i++) {
            boolean changes = colours && marks.get(i) != (i > from && marks.get(i - 1));
            if (changes) {
                line.put((marks.get(i) ? Colour.MARKED : Colour.END).sequence());
            }
            int octet = tree.viewOctet(view, i);
            line.put(octet >= 0x20 && octet < 0x7F ? (char) octet : '.');
        }
        if (colours && marks.get(to - 1)) {
            line.put(Colour.END.sequence());
        }
    }

    /** What stands before an octet: a blank, or a bracket where the marked ones begin or end. Lines stand for themselves. */
    private void between(int at, int from, int to, TextBuffer line, boolean colours) {
        boolean before = at > from && at <= to && marks.get(at - 1);
        boolean after = at < to && at < from + OCTETS_A_LINE && marks.get(at);
        if (at == from + OCTETS_A_LINE / 2) {
            line.put(' ');
        }
        if (before == after) {
            line.put(' ');
        } else if (colours) {
            if (before) {
                line.put(Colour.END.sequence()).put(' ');
            } else {
                line.put(' ').put(Colour.MARKED.sequence());
            }
        } else {
            line.put(before ? ']' : '[');
        }
    }
}
