package io.seidex.dictionary;

import java.util.List;

/**
 * One dictionary for each protocol, as everybody who decodes packets needs them together. Immutable.
 *
 * @param pfcp PFCP
 * @param gtpv2 GTPv2-C
 * @param gtpv1 GTPv1-C
 * @param gtpv0 GTP of version 0
 * @param gtpu GTP-U
 * @param gtpPrime GTP'
 * @param declared the protocols that are declared
 */
public record Dictionaries(
        Dictionary pfcp, Dictionary gtpv2, Dictionary gtpv1, Dictionary gtpv0, Dictionary gtpu, Dictionary gtpPrime,
        DeclaredProtocols declared) {
    /** Those that the program brings. */
    public static Dictionaries builtIn() {
        return new Dictionaries(Dictionary.pfcp(), Dictionary.gtpv2(), Dictionary.gtpv1(), Dictionary.gtpv0(),
                Dictionary.gtpu(), Dictionary.gtpPrime(), DeclaredProtocols.builtIn());
    }

    /**
     * These with what files say added, one file after the other: what several describe is the last one's. A file says
     * itself which protocols it is for; {@code protocol gtp} is all of GTPv1. What it declares is as {@link
     * DeclaredProtocols#extendedBy} says.
     *
     * @throws DictionaryException if one cannot be understood
     */
    public Dictionaries extendedBy(List<DictionaryFile> files) {
        Dictionaries extended = this;
        for (DictionaryFile file : files) {
            for (Section section : Section.of(file.name(), file.text())) {
                if (!section.isDeclaration()) {
                    extended = extended.extendedBy(section);
                } else if (Dictionary.namesFieldsOf(section.protocol())) {
                    throw section.known();
                }
            }
        }
        extended.check();
        return new Dictionaries(extended.pfcp, extended.gtpv2, extended.gtpv1, extended.gtpv0, extended.gtpu,
                extended.gtpPrime, declared.extendedBy(files)
                        .knowing(List.of(extended.gtpv1, extended.gtpu, extended.gtpPrime)));
    }

    /**
     * Whether what the files say refers to what is known: members to enumerations of any protocol and scales of their own,
     * roles and flags to elements of their protocol, answers to its messages.
     */
    private void check() {
        List<Dictionary> known = builtIn().all();
        List<Dictionary> all = all();
        for (int i = 0; i < all.size(); i++) {
            Dictionary dictionary = all.get(i);
            dictionary.membersBeyond(known.get(i)).filter(Member::isShownByStatement).forEach(member -> {
                String name = member.enumeration();
                if (!name.isEmpty() && all.stream().allMatch(other -> other.labels(name) == null)) {
                    throw member.problem("no enumeration is called '" + name + "'");
                }
                if (!member.scale().isEmpty() && dictionary.scale(member.scale()) == null) {
                    throw member.problem("no scale is called '" + member.scale() + "'");
                }
                if (!member.field().isEmpty() && Dictionary.isOfHeaders(member.field())) {
                    throw member.problem("'" + member.name() + "' cannot be " + member.field()
                            + ": headers have names of this kind; call it otherwise, such as 'acme.quota'");
                }
            });
            dictionary.checkReferences(known.get(i),
                    all.stream().filter(other -> other.protocol().equals(dictionary.protocol())).toList());
        }
    }

    /** Those of protocols that are built in. */
    public List<Dictionary> all() {
        return List.of(pfcp, gtpv2, gtpv1, gtpv0, gtpu, gtpPrime);
    }

    /** As {@link #extendedBy(List)}; {@code source} is how errors name the text. */
    public Dictionaries extendedBy(String source, String text) {
        return extendedBy(List.of(new DictionaryFile(source, text)));
    }

    private Dictionaries extendedBy(Section section) {
        boolean known = false;
        for (Dictionary dictionary : List.of(pfcp, gtpv2, gtpv1, gtpu, gtpPrime)) {
            known |= dictionary.protocol().equals(section.protocol());
        }
        if (!known) {
            throw section.problem("expected pfcp, gtpv2, gtp or gtpprime, found '" + section.protocol()
                    + "'; 'over' would say where a protocol of your own is found");
        }
        return new Dictionaries(extended(pfcp, section), extended(gtpv2, section), extended(gtpv1, section),
                extended(gtpv0, section), extended(gtpu, section), extended(gtpPrime, section), declared);
    }

    private static Dictionary extended(Dictionary dictionary, Section section) {
        return dictionary.protocol().equals(section.protocol()) ? dictionary.extendedBy(section) : dictionary;
    }
}
