package io.seidex.dictionary;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How the value of an IE is laid out: its members, in wire order. Immutable. */
public final class Layout {
    /** No members: a group, or an IE whose content is not described. */
    static final Layout NONE = new Layout(List.of(), List.of());

    private final List<Item> items;
    private final List<Member> members;
    private final Program whole;
    private final Lengths lengths;

    Layout(List<Item> items, List<Member> members) {
        this.items = List.copyOf(items);
        this.members = List.copyOf(members);
        this.whole = program(member -> true);
        this.lengths = new Lengths(this.items, this.members);
    }

    /**
     * Reads a layout on its own.
     *
     * @throws DictionaryException if it cannot be read
     */
    public static Layout of(String text) {
        return new LayoutParser(new Source("layout", text, 0, text.length()), Map.of()).parse();
    }

    /** Every member that a value may have, in wire order, bits behind their integer. */
    public List<Member> members() {
        return members;
    }

    /** The member of a name: {@code teid}, {@code flags.V4}. Null if there is none. */
    public Member member(String name) {
        for (Member member : members) {
            if (member.name().equals(name)) {
                return member;
            }
        }
        return null;
    }

    /** How many octets every value has; -1 if that differs from value to value. */
    int fixedLength() {
        int sum = 0;
        for (Item item : items) {
            boolean isFixed = item instanceof Item.Field field
                    && field.length() instanceof Item.Length.Fixed
                    && field.condition() == null
                    && !field.optional();
            if (!isFixed) {
                return -1;
            }
            sum += ((Item.Field) item).member().size();
        }
        return sum;
    }

    /** Where a member stands in every value, or the integer of bits; -1 if that differs, or it is no member. */
    int offset(Member member) {
        return offset(items, member);
    }

    private static int offset(List<Item> items, Member member) {
        int at = 0;
        for (Item item : items) {
            if (!(item instanceof Item.Field field) || field.condition() != null || field.optional()) {
                return -1;
            }
            if (field.member() == member || field.parts().contains(member)) {
                return at;
            }
            int inside = offset(field.inside(), member);
            if (inside >= 0) {
                return at + inside;
            }
            if (field.member().size() < 0) {
                return -1;
            }
            at += field.member().size();
        }
        return -1;
    }

    /** How many octets values must have. */
    public Lengths lengths() {
        return lengths;
    }

    /** Reports every member. */
    public Program program() {
        return whole;
    }

    /** Reports the members that are wanted, in the same order with the same values as {@link #program()}. Cold path. */
    public Program program(Predicate<Member> wanted) {
        return new ProgramCompiler(members, wanted, false).compile(items);
    }

    /** As {@link #program(Predicate)}, and {@link LayoutReader#fault()} is that of {@link #program()}. Cold path. */
    public Program checkedProgram(Predicate<Member> wanted) {
        return new ProgramCompiler(members, wanted, true).compile(items);
    }
}
