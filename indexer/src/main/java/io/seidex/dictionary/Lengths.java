package io.seidex.dictionary;

import io.seidex.dictionary.Item.Length;
import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.Arrays;
import java.util.List;

/**
 * How many octets the values of a layout must have: whether a value is too short for the members that it must have, which is
 * what a {@link LayoutReader} reports that runs the whole layout, mostly without running it.
 *
 * <pre>
 *  length &lt; least           too short, whatever the value holds
 *  length &gt;= enough         not too short, whatever it holds
 *  between                  its first octet tells how many it needs, or its first two; where they do not (a length or a count
 *                           stands within the value), the layout is run
 * </pre>
 * What octets say is worked out when they are first met; several threads may do so at once, and find the same. Shared by all
 * threads.
 */
public final class Lengths {
    /** A value may have any number of octets. */
    public static final Lengths ANY = new Lengths(List.of(), List.of());
    /** No number of octets is enough: it depends on what they hold. */
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int OCTETS = 256;
    private static final short UNKNOWN = -1;
    private static final short SECOND = -2;
    private static final short RUN = -3;

    private final int least;
    private final int enough;
    /** Reports nothing, and is run only to see whether it comes to its end. */
    private final Program program;
    /** By the first octet: how many the value needs, or that this is not known yet, or what else decides. */
    private final short[] needs;
    /** By the first and the second octet. */
    private final short[][] needsOfTwo;

    Lengths(List<Item> items, List<Member> members) {
        least = least(items);
        enough = enough(items, 0);
        if (enough == least) {
            program = null;
            needs = null;
            needsOfTwo = null;
        } else {
            program = new ProgramCompiler(members, member -> false, true).compile(items);
            needs = unknown();
            needsOfTwo = new short[OCTETS][];
        }
    }

    private static short[] unknown() {
        short[] unknown = new short[OCTETS];
        Arrays.fill(unknown, UNKNOWN);
        return unknown;
    }

    /** A value with as many octets is long enough, whatever it holds; the largest integer if there is no such number. */
    public int enough() {
        return enough;
    }

    /**
     * Whether a value ends before a member that it must have.
     *
     * @param reader that may be moved
     */
    public boolean isTooShort(Octets octets, long at, int length, LayoutReader reader) {
        if (length < least || length >= enough) {
            return length < least;
        }
        if (length > 0) {
            int first = octets.u8(at);
            int need = needs[first];
            if (need == UNKNOWN) {
                need = learn(first);
            }
            if (need == SECOND && length > 1) {
                int second = octets.u8(at + 1);
                short[] row = needsOfTwo[first];
                need = row == null || row[second] == UNKNOWN ? learn(first, second) : row[second];
            }
            if (need >= 0) {
                return length < need;
            }
        }
        reader.over(program, octets, at, length);
        while (reader.next()) {
            // Nothing is wanted.
        }
        return reader.fault() != Fault.NONE;
    }

    private int learn(int first) {
        int need = Unrolling.need(program, first, 1);
        needs[first] = need >= 0 && need <= Short.MAX_VALUE ? (short) need : SECOND;
        return needs[first];
    }

    private int learn(int first, int second) {
        int need = Unrolling.need(program, first << Byte.SIZE | second, 2);
        short[] row = needsOfTwo[first];
        if (row == null) {
            row = unknown();
            needsOfTwo[first] = row;
        }
        row[second] = need >= 0 && need <= Short.MAX_VALUE ? (short) need : RUN;
        return row[second];
    }

    /** Octets that every value has. */
    private static int least(List<Item> items) {
        int sum = 0;
        for (Item item : items) {
            if (item instanceof Item.Field field && field.condition() == null && !field.optional()) {
                sum += switch (field.length()) {
                    case Length.Fixed(int octets) -> octets;
                    case Length.Rest(Member less, int least) ->
                            less == null ? Math.max(least, least(field.inside())) : 0;
                    case Length.Counted counted -> 0;
                };
            } else if (item instanceof Item.Repeat repeat && repeat.condition() == null) {
                sum += repeat.least();
            }
        }
        return sum;
    }

    /** How many octets are enough for items, and for {@code behind} more; {@link #NEVER} if that is not sure. */
    private static int enough(List<Item> items, int behind) {
        int sum = behind;
        for (int i = items.size() - 1; i >= 0; i--) {
            sum = enough(items.get(i), sum);
        }
        return sum;
    }

    private static int enough(Item item, int behind) {
        return switch (item) {
            case Item.Field field -> enough(field, behind);
            case Item.Repeat(Member round, List<Item> items, Member count, int least, Item.Condition condition) -> {
                // A round to the end begins only where an octet is left.
                int inOne = enough(items, 0);
                yield behind == 0 && inOne <= (count == null ? 1 : 0) ? least : NEVER;
            }
        };
    }

    private static int enough(Item.Field field, int behind) {
        if (field.member().hasLabels()) {
            // Their lengths stand within.
            return NEVER;
        }
        // A structure whose octets are counted elsewhere may be too short however long the value is.
        return switch (field.length()) {
            case Length.Fixed(int octets) -> enough(field.inside(), 0) > octets || behind == NEVER ? NEVER
                    : field.optional() && behind == 0 ? 0 : octets + behind;
            case Length.Rest(Member less, int least) -> behind != 0 ? NEVER
                    : less == null || field.inside().isEmpty() ? Math.max(least, enough(field.inside(), 0)) : NEVER;
            case Length.Counted counted ->
                    field.optional() && behind == 0 && enough(field.inside(), 0) == 0 ? 0 : NEVER;
        };
    }

    /** Whether an item may lack octets with nothing behind it. */
    static boolean mayLack(Item item) {
        return enough(item, 0) > 0;
    }

    /** Whether what a member holds may lack octets that the member has not. */
    static boolean mayLackInside(Item.Field field) {
        int inside = enough(field.inside(), 0);
        return field.length() instanceof Length.Fixed(int octets) ? inside > octets : inside > 0;
    }
}
