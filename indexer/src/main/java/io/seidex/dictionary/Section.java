package io.seidex.dictionary;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a dictionary's text from one {@code protocol} to the next: a vendor's lines for a protocol that the program
 * knows, or the declaration of one that it does not.
 *
 * @param source how errors name the text
 * @param from where the statement {@code protocol} begins
 * @param to where the next section begins, or the text ends
 * @param isDeclaration whether it says where the protocol is found
 */
record Section(String source, String text, int from, int to, String protocol, int nameAt, boolean isDeclaration) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The sections of a text. */
    static List<Section> of(String source, String text) {
        List<Section> sections = new ArrayList<>();
        Section open = null;
        int begin = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        for (int at = begin; at < text.length();) {
            int end = Statements.endOfStatement(text, at);
            Source statement = new Source(source, text, at, end);
            if (text.charAt(at) != '#' && !statement.atEnd()) {
                if (statement.takeWord("protocol")) {
                    if (open != null) {
                        sections.add(open.upTo(at));
                    }
                    statement.blanks();
                    int nameAt = statement.at();
                    String name = statement.word("the name of the protocol");
                    open = new Section(source, text, at, text.length(), name, nameAt, false);
                } else if (open == null) {
                    throw statement.fail("'protocol' and its name");
                } else if (statement.takeWord("over")) {
                    open = new Section(source, text, open.from, open.to, open.protocol, open.nameAt, true);
                }
            }
            at = end;
        }
        if (open == null) {
            throw new Source(source, text, begin, text.length()).fail("'protocol' and its name");
        }
        sections.add(open);
        return sections;
    }

    private Section upTo(int end) {
        return new Section(source, text, from, end, protocol, nameAt, isDeclaration);
    }

    /** A refusal of its name. */
    DictionaryException known() {
        return problem("'" + protocol + "' is known already: fields or filters use the name");
    }

    DictionaryException problem(String problem) {
        return new Source(source, text, nameAt, to).problem(nameAt, problem);
    }
}
