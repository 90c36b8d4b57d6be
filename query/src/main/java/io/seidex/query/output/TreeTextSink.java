package io.seidex.query.output;

import io.seidex.fault.Fault;
import io.seidex.query.dissect.ElementRoles;
import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.NodeText;
import io.seidex.query.dissect.PacketTree;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;

/**
 * Prints packets for people, a line a node: the octets it has in the frame (from, and behind the last), what it is and says,
 * and the name that filters know it by.
 * <pre>
 *  42..82   Packet Forwarding Control Protocol                             pfcp
 *  43         Message Type: PFCP Heartbeat Request (1)                     pfcp.msg_type
 *  50..58     Recovery Time Stamp (96): Dec 31, 2025 00:00:00 UTC          pfcp.recovery_time_stamp
 * </pre>
 * An element of one value is one line; an integer without a name of its own is left to its bits. Octets of what was put
 * together from several frames have the number of its view before them, which begins with it: {@code 1:0..30}.
 */
public final class TreeTextSink implements TreeSink {
    /** More octets of a value are not printed, only counted. */
    private static final int MOST_OCTETS = 64;
    private static final int MOST_TEXT = 1024;
    private static final int NAMES_AT = 72;
    private static final int INDENT = 2;
    /** Bits of larger integers are told by their numbers, not drawn. */
    private static final int DRAWN_OCTETS = 2;

    private final ElementRoles roles;
    private final LineOutput lines;
    private final HexDump dump;
    private final boolean colours;
    private final TimePrinter times;
    private final NodeText value = new NodeText();
    private boolean isFirst = true;
    private int width;
    /** Columns before places, where there are several views. */
    private int prefix;

    /**
     * @param dump what the octets are printed with; null: they are not
     * @param colours whether a terminal shows it
     */
    public TreeTextSink(ElementRoles roles, OutputStream out, ZoneId zone, HexDump dump, boolean colours) {
        this.roles = roles;
        this.lines = new LineOutput(out);
        this.times = new TimePrinter(zone);
        this.dump = dump;
        this.colours = colours;
    }

    @Override
    public void packet(String capture, String name, PacketTree tree) throws IOException {
        if (!isFirst) {
            lines.endLine();
        }
        isFirst = false;
        int longest = 0;
        for (int view = 0; view < tree.views(); view++) {
            longest = Math.max(longest, tree.viewLength(view));
        }
        width = Math.max(3, Integer.toString(longest).length());
        prefix = tree.views() > 1 ? 2 : 0;
        for (int node = 0; node < tree.size(); node++) {
            Field field = tree.field(node);
            if (isSilent(tree, node)) {
                continue;
            }
            if (tree.parent(node) < 0) {
                layer(tree, node, node == 0 ? name : "");
            } else if (field.kind() == Field.Kind.ELEMENT) {
                int only = onlyValue(tree, node);
                element(tree, node, only);
                node = only < 0 ? node : tree.end(node) - 1;
            } else if (field.name().equals("fault")) {
                fault(tree, node);
            } else {
                value(tree, node);
            }
        }
        if (dump != null) {
            lines.endLine();
            dump.print(tree, lines, colours);
        }
    }

    @Override
    public void finish() throws IOException {
        lines.finish();
    }

    /** What says nothing: an integer of whose bits each has a line, types and lengths of elements, spare bits that are 0. */
    private static boolean isSilent(PacketTree tree, int node) {
        Field field = tree.field(node);
        return field.isHolder() || field.isOfElementHeader() || field.isSpare() && tree.number(node) == 0;
    }

    private void layer(PacketTree tree, int node, String frame) throws IOException {
        TextBuffer line = lines.text();
        int begin = begin(tree, node, line);
        colour(line, Colour.LAYER);
        line.put(tree.field(node).title());
        if (!frame.isEmpty()) {
            line.put(' ').put(frame);
        }
        colour(line, Colour.END);
        end(line, begin, tree.field(node).name());
    }

    private void element(PacketTree tree, int node, int only) throws IOException {
        TextBuffer line = lines.text();
        int begin = begin(tree, node, line);
        Field field = tree.field(node);
        line.put(field.title());
        long type = tree.number(node);
        if (type >= 0) {
            line.put(" (");
            if (type >>> 32 != 0) {
                line.putUnsigned(type >>> 32).put(':');
            }
            line.putUnsigned(type & 0xFFFF_FFFFL).put(')');
        }
        int instance = ElementRoles.instance(tree, node);
        if (instance != 0) {
            line.put(" instance ").putUnsigned(instance);
        }
        String role = roles.of(tree, node);
        if (!role.isEmpty()) {
            line.put(" as ").put(role);
        }
        if (only >= 0) {
            line.put(": ");
            words(tree, only, line);
        } else if (isEmpty(tree, node)) {
            line.put(": empty");
        }
        end(line, begin, only < 0 ? "" : tree.field(only).name());
    }

    private static boolean isEmpty(PacketTree tree, int node) {
        int child = node + 1;
        while (child < tree.end(node) && tree.field(child).isOfElementHeader()) {
            child++;
        }
        return child == tree.end(node);
    }

    /** The value of an element that has only one, and nothing wrong; -1 otherwise. */
    private static int onlyValue(PacketTree tree, int node) {
        int only = -1;
        for (int child = node + 1; child < tree.end(node); child++) {
            Field field = tree.field(child);
            if (isSilent(tree, child)) {
                continue;
            }
            if (only >= 0 || field.kind() != Field.Kind.VALUE || tree.fault(child) != Fault.NONE
                    || tree.length(child) == 0 && field.type() != Field.Type.TEXT) {
                return -1;
            }
            only = child;
        }
        return only;
    }

    private void fault(PacketTree tree, int node) throws IOException {
        TextBuffer line = lines.text();
        int begin = begin(tree, node, line);
        colour(line, Colour.FAULT);
        Fault fault = tree.fault(node);
        line.put("! ").put(fault.label()).put(": ").put(fault.meaning());
        colour(line, Colour.END);
        end(line, begin, "fault");
    }

    private void value(PacketTree tree, int node) throws IOException {
        TextBuffer line = lines.text();
        int begin = begin(tree, node, line);
        Field field = tree.field(node);
        if (field.isBits()) {
            bits(field, tree.raw(node), line);
        }
        line.put(field.title());
        line.put(": ");
        words(tree, node, line);
        if (!field.meaning().isEmpty()) {
            line.put(" (").put(field.meaning()).put(')');
        }
        end(line, begin, field.name());
    }

    /** The value, with its label and its unit. */
    private void words(PacketTree tree, int node, TextBuffer line) {
        Field field = tree.field(node);
        if (field.name().equals("frame.time")) {
            times.printed(tree.number(node), line);
            return;
        }
        String label = tree.label(node);
        if (!label.isEmpty()) {
            line.put(label).put(" (");
        }
        value.clear();
        value.printReadable(tree, node, field.type() == Field.Type.TEXT ? MOST_TEXT : MOST_OCTETS);
        line.put(value.octets(), 0, value.length());
        if (!label.isEmpty()) {
            line.put(')');
        }
        String unit = tree.unit(node);
        if (!unit.isEmpty()) {
            line.put(' ').put(unit);
        }
    }

    /** {@code .... ..1. = } for bits of one or two octets, {@code b28-21 = } for those of more. */
    private static void bits(Field field, long number, TextBuffer line) {
        int octets = field.octets();
        if (octets > DRAWN_OCTETS) {
            line.put(field.member().range());
        } else {
            long mask = field.mask();
            long placed = Long.expand(number, mask);
            for (int bit = 8 * octets; bit > 0; bit--) {
                line.put((mask >>> bit - 1 & 1) == 0 ? '.' : (placed >>> bit - 1 & 1) == 0 ? '0' : '1');
                if (bit % 4 == 1 && bit > 1) {
                    line.put(' ');
                }
            }
        }
        line.put(" = ");
    }

    /** Begins a line with the octets of a node, and answers where its text begins. */
    private int begin(PacketTree tree, int node, TextBuffer line) {
        colour(line, Colour.PLACE);
        int from = line.length();
        int length = tree.length(node);
        if (length > 0) {
            int at = tree.at(node);
            int view = tree.view(node);
            if (prefix > 0) {
                line.put(view == 0 ? "  " : view + ":");
            }
            padded(at, line);
            if (length > 1) {
                line.put("..").putUnsigned(at + length);
            }
        }
        pad(line, from, prefix + 2 * width + 4);
        colour(line, Colour.END);
        int begin = line.length();
        int depth = 0;
        for (int above = tree.parent(node); above >= 0; above = tree.parent(above)) {
            depth += tree.field(above).isHolder() ? 0 : 1;
        }
        pad(line, begin, INDENT * depth);
        return begin;
    }

    private void padded(int number, TextBuffer line) {
        int digits = Integer.toString(number).length();
        pad(line, line.length(), width - digits);
        line.putUnsigned(number);
    }

    private static void pad(TextBuffer line, int from, int columns) {
        while (line.length() - from < columns) {
            line.put(' ');
        }
    }

    private void end(TextBuffer line, int begin, String name) throws IOException {
        if (!name.isEmpty()) {
            int columns = columns(line, begin);
            pad(line, line.length(), Math.max(2, NAMES_AT - columns));
            colour(line, Colour.NAME);
            line.put(name);
            colour(line, Colour.END);
        }
        lines.endLine();
    }

    /** How many columns a text takes: an octet that goes on with a character of UTF-8 takes none, nor do colours. */
    private static int columns(TextBuffer line, int begin) {
        int columns = 0;
        byte[] octets = line.octets();
        for (int i = begin; i < line.length(); i++) {
            if (octets[i] == 0x1B) {
                while (octets[i] != 'm') {
                    i++;
                }
            } else if ((octets[i] & 0xC0) != 0x80) {
                columns++;
            }
        }
        return columns;
    }

    private void colour(TextBuffer line, Colour colour) {
        if (colours) {
            line.put(colour.sequence());
        }
    }
}
