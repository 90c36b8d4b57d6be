package io.seidex.dictionary;

import java.util.List;

/** What stands between two semicolons of a layout: a member with its bits, or a repetition. */
sealed interface Item {
    /** When it is present; null: always. */
    Condition condition();

    /**
     * A member.
     *
     * @param parts the bits or codes within it, in the order they are written
     * @param inside what its octets hold; empty if they are no structure
     * @param optional present only if enough octets are left
     */
    record Field(
            Member member, List<Member> parts, List<Item> inside, Length length, boolean optional, Condition condition)
            implements Item {}

    /**
     * Items that come several times.
     *
     * @param round the member that each round is; null: none
     * @param count how often; null: to the end of the value
     * @param least how many octets the rounds have at least
     */
    record Repeat(Member round, List<Item> items, Member count, int least, Condition condition) implements Item {}

    /** How many octets a member has. */
    sealed interface Length {
        record Fixed(int octets) implements Length {}

        /**
         * @param less its value is how many octets are left over; null: none
         * @param least how many octets there must be
         */
        record Rest(Member less, int least) implements Length {}

        record Counted(Member by) implements Length {}
    }

    /** What stands before a value, and may decide what it holds. */
    enum Given {
        /** The type of the message. */
        MESSAGE,
        /** Of GTPv2-C, what tells elements of one type apart. */
        INSTANCE
    }

    /** When an item is present. */
    sealed interface Condition {
        record All(Condition left, Condition right) implements Condition {}

        record Any(Condition left, Condition right) implements Condition {}

        record Not(Condition of) implements Condition {}

        /** Not 0; of a member that is no integer: was there. */
        record Set(Member member) implements Condition {}

        /**
         * A comparison of an earlier integer with a number.
         *
         * @param member null: the length of the value
         * @param test one of {@code == != < >=}, which the others are written with
         */
        record Compare(Member member, String test, int number) implements Condition {}

        /** A comparison of what is known of the message around the value with a number; the tests are those of {@link Compare}. */
        record Around(Given given, String test, int number) implements Condition {}
    }
}
