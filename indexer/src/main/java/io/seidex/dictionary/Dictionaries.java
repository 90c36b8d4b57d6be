package io.seidex.dictionary;

import java.util.List;

/**
 * One dictionary for each protocol, as everybody who decodes packets needs them together. Immutable.
 *
 * @param pfcp PFCP
 * @param gtpv2 GTPv2-C
 * @param gtpv1 GTPv1-C
 * @param gtpu GTP-U
 * @param gtpPrime GTP'
 * @param declared the protocols that are declared
 */
public record Dictionaries(
        Dictionary pfcp, Dictionary gtpv2, Dictionary gtpv1, Dictionary gtpu, Dictionary gtpPrime,
        DeclaredProtocols declared) {
    /** Those that the program brings. */
    public static Dictionaries builtIn() {
        return new Dictionaries(Dictionary.pfcp(), Dictionary.gtpv2(), Dictionary.gtpv1(), Dictionary.gtpu(),
                Dictionary.gtpPrime(), DeclaredProtocols.builtIn());
    }

    /**
     * These with the lines of files added, one file after the other: what several describe is the last one's. A file says
     * itself which protocol it is for; {@code protocol gtp} is all of GTPv1.
     *
     * @throws DictionaryException if one cannot be understood
     */
    public Dictionaries extendedBy(List<DictionaryFile> files) {
        Dictionaries extended = this;
        for (DictionaryFile file : files) {
            extended = extended.extendedBy(file.name(), file.text());
        }
        return extended;
    }

    /** As {@link #extendedBy(List)}; {@code source} is how errors name the text. */
    public Dictionaries extendedBy(String source, String text) {
        String protocol = Statements.protocolOf(source, text);
        boolean known = false;
        for (Dictionary dictionary : List.of(pfcp, gtpv2, gtpv1, gtpu, gtpPrime)) {
            known |= dictionary.protocol().equals(protocol);
        }
        if (!known) {
            throw Statements.unknownProtocol(source, text, "pfcp, gtpv2, gtp or gtpprime");
        }
        return new Dictionaries(
                extended(pfcp, protocol, source, text),
                extended(gtpv2, protocol, source, text),
                extended(gtpv1, protocol, source, text),
                extended(gtpu, protocol, source, text),
                extended(gtpPrime, protocol, source, text),
                declared);
    }

    private static Dictionary extended(Dictionary dictionary, String protocol, String source, String text) {
        return dictionary.protocol().equals(protocol) ? dictionary.extendedBy(source, text) : dictionary;
    }
}
