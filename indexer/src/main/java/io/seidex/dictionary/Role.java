package io.seidex.dictionary;

import java.util.List;

/**
 * What an element is in a message or a group: the F-SEID of a PFCP Session Establishment Request is the CP F-SEID.
 *
 * @param enterprise 0 for the protocol's own elements
 * @param instance GTPv2's instance; 0 in other protocols
 * @param repeats whether the specification's table has it several times
 * @param interfaces where the table has it, such as {@code Sxb N4}; empty: everywhere, or that is not known
 */
public record Role(
        int enterprise,
        int type,
        int instance,
        String name,
        Presence presence,
        boolean repeats,
        List<String> interfaces) {
    /** Whether an element must be there. The conditions are the specification's. */
    public enum Presence {
        MANDATORY("M"), CONDITIONAL("C"), CONDITIONAL_OPTIONAL("CO"), OPTIONAL("O");

        private final String letters;

        Presence(String letters) {
            this.letters = letters;
        }

        /** As the specification's tables have it. */
        public String letters() {
            return letters;
        }

        /** Null if no presence has these letters. */
        static Presence of(String letters) {
            for (Presence presence : values()) {
                if (presence.letters.equals(letters)) {
                    return presence;
                }
            }
            return null;
        }
    }

    boolean isOf(int enterprise, int type, int instance) {
        return this.type == type && this.instance == instance && this.enterprise == enterprise;
    }
}
