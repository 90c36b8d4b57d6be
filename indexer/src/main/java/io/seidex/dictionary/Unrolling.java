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
 * </pre>
 * Where something else decides, a further octet or the length, or bits stand apart, there is no list. Lists are made when they are first asked for;
 * several threads may make the same one.
 */
final class Unrolling {
    static final int STEP = 5;
    static final int REST = -1;
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
    private final boolean[] known;
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

    private Unrolling(Program program, long leading, int leadingLength) {
        this.code = program.code;
        this.leading = leading;
        this.leadingLength = leadingLength;
        known = new boolean[program.slots];
        slots = new long[program.slots];
        Arrays.fill(known, true);
        known[0] = false;
    }

    /** How many octets a value needs that begins with some octets; -1 if others decide. */
    static int need(Program program, long leading, int leadingLength) {
        int[] list = new Unrolling(program, leading, leadingLength).run();
        return list == null ? -1 : list[0];
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
                    int behind = leadingLength - integerAt - integerSize;
                    known[slot] = behind >= 0;
                    slots[slot] = behind < 0 ? 0 : leading >>> Byte.SIZE * behind & (1L << Byte.SIZE * integerSize) - 1;
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
                if (code[pc + 1] >= 0) {
                    add(code[pc + 1], place, REST, 0, 0);
                }
                return pc + 2;
            }
            case Program.AT_LEAST -> {
                least = Math.max(least, place + code[pc + 1]);
                return pc + 2;
            }
            case Program.PRESENT, Program.CLEAR -> {
                known[code[pc + 1]] = true;
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

    private boolean member(int octets, int wanted) {
        if (isOver && octets > 0) {
            return false;
        }
        lastAt = place;
        if (wanted >= 0) {
            add(wanted, place, octets, 0, 0);
        }
        place += octets;
        return true;
    }

    private int branch(int pc) {
        int slot = code[pc + 1];
        if (!known[slot]) {
            return -1;
        }
        long operand = slots[slot] >>> code[pc + 2] & -1L >>> -code[pc + 3];
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
