package io.seidex.query.dissect;

import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Roles;
import io.seidex.fault.Layer;
import java.util.Locale;

/** What elements are in their message or group: the F-SEID of a request is the CP F-SEID. Cold path: for showing packets. */
public final class ElementRoles {
    private final FieldRegistry fields;

    public ElementRoles(FieldRegistry fields) {
        this.fields = fields;
    }

    /** What an element is called where it stands; empty if its own name says so, or that is not known. */
    public String of(PacketTree tree, int node) {
        Field field = tree.field(node);
        if (field.kind() != Field.Kind.ELEMENT || field.element() == null) {
            return "";
        }
        int layer = node;
        while (tree.parent(layer) >= 0) {
            layer = tree.parent(layer);
        }
        Dictionary dictionary = dictionary(tree.field(layer).name());
        int message = (int) child(tree, layer, "pfcp.msg_type", "gtpv2.message_type");
        if (dictionary == null || message < 0) {
            return "";
        }
        int above = tree.parent(node);
        Roles roles = above == layer ? dictionary.roles(message)
                : dictionary.roles(message, tree.field(above).element(), instance(tree, above));
        String role = roles.name(field.element().enterprise(), field.element().type(), instance(tree, node));
        return field.title().toLowerCase(Locale.ROOT).contains(role.toLowerCase(Locale.ROOT)) ? "" : role;
    }

    /** What tells elements of one type apart in GTPv2-C; 0 in other protocols. */
    public static int instance(PacketTree tree, int node) {
        return (int) Math.max(0, child(tree, node, "gtpv2.instance", "gtpv2.instance"));
    }

    private Dictionary dictionary(String layer) {
        return layer.equals(Layer.PFCP.label()) ? fields.dictionaries().pfcp()
                : layer.equals(Layer.GTPV2.label()) ? fields.dictionaries().gtpv2() : null;
    }

    /** The number of the first value of either name below a node, before any element; -1 if there is none. */
    private static long child(PacketTree tree, int node, String name, String other) {
        for (int child = node + 1; child < tree.end(node); child++) {
            Field field = tree.field(child);
            if (field.kind() == Field.Kind.ELEMENT) {
                break;
            }
            if (field.name().equals(name) || field.name().equals(other)) {
                return tree.number(child);
            }
        }
        return -1;
    }
}
