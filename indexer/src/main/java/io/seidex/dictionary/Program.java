package io.seidex.dictionary;

/**
 * What a {@link LayoutReader} runs: a {@link Layout}, or the part of it that somebody wants, as a row of integers.
 *
 * <p>Immutable; shared by all threads. The instructions, their operands, and what they do:
 * <pre>
 * END
 * FIXED      size member                  a member of fixed size; member -1: step over it
 * INTEGER    size slot member             the same, and keep its value for BITS and, unless slot is -1, in a slot
 * SWAPPED    size slot member             the same of an integer whose least significant octet comes first
 * BITS       shift width member           some bits of the last INTEGER
 * APART      high low slot member         bits of the last INTEGER that do not stand together: a mask in two halves
 * CODE       kind member                  the MCC or MNC of the last FIXED, a PLMN
 * REST       member                       everything to the end of the value
 * OPEN       member                       the same, of a structure that is ENTERed: what of it is there, if the value is cut
 * REST_LESS  slot shift width member      the same, less as many octets as the bits of a slot say
 * COUNTED    slot shift width member      as many octets as the bits of a slot say
 * KEEP       slot                         the value of the last member of variable size, into a slot
 * PRESENT    slot                         1 into a slot
 * NEED       octets target                jump if fewer octets are left
 * NEED_BITS  slot shift width target      jump if fewer octets are left than the bits of a slot say
 * AT_LEAST   octets                       it is a fault if fewer octets are left
 * LABELS     text                         it is a fault if a label of the last member reaches beyond it, unless its first
 *                                         octet is not below text: it has no labels then
 * ZERO       slot shift width target      jump if the bits of a slot are 0; NONZERO: if they are not
 * EQUAL      slot shift width n target    jump if the bits of a slot are n; UNEQUAL, LESS, NOT_LESS likewise
 * TIMES      slot shift width target      repeat as often as the bits of a slot say; jump if never
 * TO_END     target                       repeat to the end of the value; jump if there is nothing left
 * AGAIN      target                       the end of a repetition; jump if there is a further round
 * ROUND      member                       the number of the round that begins, from 0
 * CLEAR      slot                         0 into a slot
 * ENTER      target                       the octets of the last member are the value, up to the LEAVE at the target
 * LEAVE                                   go on behind those octets
 * </pre>
 * Slot 0 holds the length of the value, the others begin as 0.
 */
public final class Program {
    static final int END = 0;
    static final int FIXED = 1;
    static final int INTEGER = 2;
    static final int BITS = 3;
    static final int REST = 4;
    static final int REST_LESS = 5;
    static final int COUNTED = 6;
    static final int KEEP = 7;
    static final int PRESENT = 8;
    static final int NEED = 9;
    static final int NEED_BITS = 10;
    static final int ZERO = 11;
    static final int NONZERO = 12;
    static final int EQUAL = 13;
    static final int UNEQUAL = 14;
    static final int LESS = 15;
    static final int NOT_LESS = 16;
    static final int TIMES = 17;
    static final int TO_END = 18;
    static final int AGAIN = 19;
    static final int CODE = 20;
    static final int CLEAR = 21;
    static final int ENTER = 22;
    static final int LEAVE = 23;
    static final int SWAPPED = 24;
    static final int OPEN = 25;
    static final int ROUND = 26;
    static final int APART = 27;
    static final int AT_LEAST = 28;
    static final int LABELS = 29;

    /** Kinds of CODE. */
    static final int MCC = 0;
    static final int MNC = 1;
    static final int MNC_S1AP = 2;

    // Slot 0: the length of the value, and what stands before it.
    static final int LENGTH_BITS = 32;
    static final int MESSAGE_SHIFT = LENGTH_BITS;
    static final int MESSAGE_BITS = 8;
    static final int INSTANCE_SHIFT = MESSAGE_SHIFT + MESSAGE_BITS;
    static final int INSTANCE_BITS = 8;

    /** Slots that a reader has, that of the length included. */
    static final int MAX_SLOTS = 64;
    /** Repetitions, and structures, within one another. */
    static final int MAX_NESTING = 4;

    final int[] code;
    final int slots;
    final Member[] members;
    /** By a value's first octet, what running the code would find; null if it is to be run always. */
    final Unrolling.Table unrolled;

    Program(int[] code, int slots, Member[] members) {
        this.code = code;
        this.slots = slots;
        this.members = members;
        this.unrolled = null;
    }

    private Program(Program program) {
        this.code = program.code;
        this.slots = program.slots;
        this.members = program.members;
        this.unrolled = new Unrolling.Table(program);
    }

    /** The same, several times as fast where a value's first octet decides what is in it. For programs that are run often. */
    public Program unrolled() {
        return new Program(this);
    }
}
