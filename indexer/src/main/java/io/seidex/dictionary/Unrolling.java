package io.seidex.dictionary;

import java.util.Arrays;

/**
 * What running a program finds in all values of one first octet. The layouts that are read most (F-TEID, F-SEID, UE IP address)
 * begin with an octet of flags that decides everything: what is there, and where. Of these a reader need not run the program,
 * but goes down a list:
 * <pre>
 *  need                                octets that the value must have; of a shorter one nothing is said here
 *  member offset size shift width      of each wanted member, where it stands (size {@link #REST}: to the end of the value) and
 *                                      what of it is meant: all if the width is 0, a code if it is negative, else these bits
 *  {@link #LABELS} offset size text 0  labels may reach beyond what stands there, unless its first octet is not below text
 * </pre>
 * Where something else decides, a further octet or the length, or bits stand apart, there is no list. Lists are made when they are first asked for;
 * several threads may make the same one.
 */
final class Unrolling {
    static final int STEP = 5;
    static final int REST = -1;
    /** In place of a member. */
    static final int LABELS = -1;
    private static final int FIRST_OCTETS = 256;
    private static final Steps NONE = new Steps(null);

    /** A list, or that there is none. The field is final, so whoever sees the object sees what is in the list. */
    private record Steps(int[] list) {}

    /** The lists of a program. */
    static final class Table {
        private final Program program;
        private final Steps[] byFirstOctet = new Steps[FIRST_OCTETS];

        Table(Program program) {
            this.program = program;
        }

        /** The list for a first octet; null if there is none. */
        int[] list(int firstOctet) {
            Steps known = byFirstOctet[firstOctet];
            return (known == null ? make(firstOctet) : known).list;
        }

        private Steps make(int firstOctet) {
            int[] list = new Unrolling(program, firstOctet, 1).run();
            Steps made = list == null ? NONE : new Steps(list);
            byFirstOctet[firstOctet] = made;
            return made;
        }
    }

    private final int[] code;
    /** Which bits of each slot are known. */
    private final long[] known;
    private final long[] slots;
    /** The octets that are known, the first ones of the value, and how many there are. */
    private final long leading;
    private final int leadingLength;

    private int[] steps = new int[1 + 4 * STEP];
    private int size = 1;
    private int place;
    /** How many octets there must be, whatever they are. */
    private int least;
    private boolean isOver;

    // The last integer, and the last member that the program stepped over or reported.
    private int integerAt;
    private int integerSize;
    private int lastAt;
    private int lastSize;
    /** Whether labels are looked at. */
    private boolean hasLabels;

    private Unrolling(Program program, long leading, int leadingLength) {
        this.code = program.code;
        this.leading = leading;
        this.leadingLength = leadingLength;
        known = new long[program.slots];
        slots = new long[program.slots];
        Arrays.fill(known, -1);
        known[0] = 0;
    }

    /** How many octets a value needs that begins with some octets; -1 if others decide. */
    static int need(Program program, long leading, int leadingLength) {
        Unrolling unrolling = new Unrolling(program, leading, leadingLength);
        int[] list = unrolling.run();
        return list == null || unrolling.hasLabels ? -1 : list[0];
    }

    private int[] run() {
        int pc = 0;
        while (code[pc] != Program.END) {
            pc = step(pc);
            if (pc < 0) {
                return null;
            }
        }
        steps[0] = Math.max(place, least);
        return Arrays.copyOf(steps, size);
    }

    /** The place of the next instruction; -1 if something unknown decides it. */
    private int step(int pc) {
        switch (code[pc]) {
            case Program.FIXED -> {
                return member(code[pc + 1], code[pc + 2]) ? pc + 3 : -1;
            }
            case Program.INTEGER -> {
                integerAt = place;
                integerSize = code[pc + 1];
                int slot = code[pc + 2];
                if (slot >= 0) {
                    keep(slot);
                }
                return member(integerSize, code[pc + 3]) ? pc + 4 : -1;
            }
            case Program.BITS -> {
                add(code[pc + 3], integerAt, integerSize, code[pc + 1], code[pc + 2]);
                return pc + 4;
            }
            case Program.CODE -> {
                add(code[pc + 2], lastAt, 3, code[pc + 1], -1);
                return pc + 3;
            }
            case Program.REST -> {
                if (isOver) {
                    return -1;
                }
                isOver = true;
                lastAt = place;
                lastSize = REST;
                if (code[pc + 1] >= 0) {
                    add(code[pc + 1], place, REST, 0, 0);
                }
                return pc + 2;
            }
            case Program.LABELS -> {
                labels(code[pc + 1]);
                return pc + 2;
            }
            case Program.AT_LEAST -> {
                least = Math.max(least, place + code[pc + 1]);
                return pc + 2;
            }
            case Program.PRESENT, Program.CLEAR -> {
                known[code[pc + 1]] = -1;
                slots[code[pc + 1]] = code[pc] == Program.PRESENT ? 1 : 0;
                return pc + 2;
            }
            case Program.ZERO, Program.NONZERO, Program.EQUAL, Program.UNEQUAL, Program.LESS, Program.NOT_LESS -> {
                return branch(pc);
            }
            default -> {
                return -1;
            }
        }
    }

    /** Labels are within the last member, unless its first octet is known to be a character. */
    private void labels(int text) {
        int behind = leadingLength - lastAt - 1;
        if (behind < 0 || (leading >>> Byte.SIZE * behind & 0xFF) < text) {
            hasLabels = true;
            add(LABELS, lastAt, lastSize, text, 0);
        }
    }

    /** The last integer into a slot, as far as its octets are known. */
    private void keep(int slot) {
        long value = 0;
        long mask = 0;
        for (int i = integerAt; i < integerAt + integerSize; i++) {
            boolean isKnown = i < leadingLength;
            value = value << Byte.SIZE | (isKnown ? leading >>> Byte.SIZE * (leadingLength - i - 1) & 0xFF : 0);
            mask = mask << Byte.SIZE | (isKnown ? 0xFF : 0);
        }
        // What an integer of less than eight octets has not is 0.
        known[slot] = mask | (integerSize < Long.BYTES ? -1L << Byte.SIZE * integerSize : 0);
        slots[slot] = value;
    }

    private boolean member(int octets, int wanted) {
        if (isOver && octets > 0) {
            return false;
        }
        lastAt = place;
        lastSize = octets;
        if (wanted >= 0) {
            add(wanted, place, octets, 0, 0);
        }
        place += octets;
        return true;
    }

    private int branch(int pc) {
        int slot = code[pc + 1];
        long bits = -1L >>> -code[pc + 3];
        if ((known[slot] >>> code[pc + 2] & bits) != bits) {
            return -1;
        }
        long operand = slots[slot] >>> code[pc + 2] & bits;
        boolean ofZero = code[pc] == Program.ZERO || code[pc] == Program.NONZERO;
        int order = Long.compareUnsigned(operand, ofZero ? 0 : code[pc + 4]);
        boolean jumps = switch (code[pc]) {
            case Program.ZERO, Program.EQUAL -> order == 0;
            case Program.NONZERO, Program.UNEQUAL -> order != 0;
            case Program.LESS -> order < 0;
            default -> order >= 0;
        };
        int target = ofZero ? pc + 4 : pc + 5;
        return jumps ? code[target] : target + 1;
    }

    private void add(int member, int at, int octets, int shift, int width) {
        if (steps.length < size + STEP) {
            steps = Arrays.copyOf(steps, 2 * steps.length);
        }
        steps[size] = member;
        steps[size + 1] = at;
        steps[size + 2] = octets;
        steps[size + 3] = shift;
        steps[size + 4] = width;
        size += STEP;
    }
}
