package io.seidex.query.dissect;

import io.seidex.dictionary.Element;
import io.seidex.dictionary.Program;

/**
 * An element, an extension header or a layer's header with its fields.
 *
 * @param element null if no notation describes it: then it has no members
 * @param self what it is
 * @param members by the index of the member in its layout
 * @param parents the index of the member that holds a member: the integer of bits, a structure, a PLMN; -1: none does
 * @param program reports every member
 */
record Shape(Element element, Field self, Field[] members, int[] parents, Program program) {
    boolean isGroup() {
        return element != null && element.isGroup();
    }
}
