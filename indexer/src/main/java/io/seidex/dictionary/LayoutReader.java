package io.seidex.dictionary;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Walks the members of one IE's value. A window that is moved, not created: one instance per thread serves every IE.
 *
 * <pre>
 * for (reader.over(program, octets, valueAt, valueLength); reader.next(); ) {
 *     switch (reader.member().index()) { … reader.number() … reader.at() … }
 * }
 * reader.fault();
 * </pre>
 *
 * <p>Members come in the order of the octets; what holds others (an integer with bits, a PLMN, a structure) before them. A
 * structure that ends too early ends itself: what stands behind it is read. No value makes it throw or read outside
 * {@code [at, at + length)}. Of a value of which octets are missing, the members that are whole are found. The work is
 * bounded by the value's length: a repetition ends where a round consumes nothing, and whatever a count says, where the
 * octets end. Surplus octets are ignored, as the specifications ask.
 */
public final class LayoutReader {
    private final long[] slots = new long[Program.MAX_SLOTS];
    private final long[] roundAt = new long[Program.MAX_NESTING];
    private final long[] roundsLeft = new long[Program.MAX_NESTING];
    private final int[] rounds = new int[Program.MAX_NESTING];
    // What goes on behind each structure that is entered: the end of the octets around it, its LEAVE, the repetitions.
    private final long[] outerEnd = new long[Program.MAX_NESTING];
    private final int[] leaveAt = new int[Program.MAX_NESTING];
    private final int[] outerDepth = new int[Program.MAX_NESTING];

    private Program program;
    private Octets octets;
    private long start;
    private long end;
    /** Octets that the value has by its length, behind those that are there. */
    private int missing;
    /** How many of the structures that are entered are cut as the value is; and whether the next one is. */
    private int cutAround;
    private boolean isPartial;
    /** What is known of the message: see {@link Program}. */
    private long around;
    private long place;
    private int pc;
    private int depth;
    private int entered;
    private long integer;
    /** What the value's first octet decides, and how far that was gone; null if the program has to be run. */
    private int[] steps;
    private int step;

    private int member;
    private long at;
    private int length;
    private long number;
    private boolean numberKnown;
    private Fault fault = Fault.NONE;
    private long faultAt;
    private int incomplete;

    /**
     * Says in which message the values stand that are begun from now on, and as which instance: layouts may ask for both. Until
     * then they are 0.
     */
    public void within(int message, int instance) {
        around = (long) message << Program.MESSAGE_SHIFT | (long) instance << Program.INSTANCE_SHIFT;
    }

    /**
     * Begins a value. {@code at} and {@code length} must lie within {@code octets}.
     *
     * @param length octets of the value, not negative
     */
    public void over(Program program, Octets octets, long at, int length) {
        over(program, octets, at, length, 0);
    }

    /**
     * Begins a value that may be cut: what it says of its own length, and whether members are there, it still says of all of it.
     *
     * @param length octets of the value that are there
     * @param missing octets that the value has behind these
     */
    public void over(Program program, Octets octets, long at, int length, int missing) {
        this.program = program;
        this.octets = octets;
        this.start = at;
        this.end = at + length;
        this.missing = missing;
        this.fault = Fault.NONE;
        this.faultAt = at;
        this.incomplete = -1;
        this.steps = null;
        if (program.unrolled != null && length > 0 && missing == 0) {
            int[] decided = program.unrolled.list(octets.u8(at));
            if (decided != null && length >= decided[0]) {
                steps = decided;
                step = 1;
                return;
            }
        }
        this.place = at;
        this.pc = 0;
        this.depth = 0;
        this.entered = 0;
        this.cutAround = 0;
        this.isPartial = false;
        long[] slots = this.slots;
        slots[0] = around | length + missing;
        for (int i = 1; i < program.slots; i++) {
            slots[i] = 0;
        }
    }

    /** Moves to the next member that the program wants. False at the end, or where the value is too short. */
    public boolean next() {
        return steps == null ? run() : step();
    }

    private boolean step() {
        int[] steps = this.steps;
        int step = this.step;
        if (step == steps.length) {
            return false;
        }
        this.step = step + Unrolling.STEP;
        member = steps[step];
        at = start + steps[step + 1];
        int size = steps[step + 2];
        length = size == Unrolling.REST ? (int) (end - at) : size;
        int width = steps[step + 4];
        numberKnown = width != 0;
        if (width > 0) {
            number = bits(unsigned(at, size), steps[step + 3], width);
        } else if (width < 0) {
            number = code(steps[step + 3]);
        } else if (member == Unrolling.LABELS) {
            labels(steps[step + 3]);
            return step();
        }
        return true;
    }

    private boolean run() {
        int[] code = program.code;
        int pc = this.pc;
        long place = this.place;
        for (;;) {
            switch (code[pc]) {
                case Program.FIXED -> {
                    int size = code[pc + 1];
                    if (end - place < size) {
                        pc = stop(pc, place);
                        continue;
                    }
                    int wanted = code[pc + 2];
                    pc += 3;
                    if (wanted >= 0) {
                        numberKnown = false;
                        return found(wanted, place, size, pc, place + size);
                    }
                    at = place;
                    length = size;
                    place += size;
                }
                case Program.INTEGER, Program.SWAPPED -> {
                    int size = code[pc + 1];
                    if (end - place < size) {
                        pc = stop(pc, place);
                        continue;
                    }
                    long value = unsigned(place, size);
                    if (code[pc] == Program.SWAPPED) {
                        value = Long.reverseBytes(value) >>> Long.SIZE - Byte.SIZE * size;
                    }
                    integer = value;
                    int slot = code[pc + 2];
                    if (slot >= 0) {
                        slots[slot] = value;
                    }
                    int wanted = code[pc + 3];
                    pc += 4;
                    at = place;
                    length = size;
                    if (wanted >= 0) {
                        number = value;
                        numberKnown = true;
                        return found(wanted, place, size, pc, place + size);
                    }
                    place += size;
                }
                case Program.BITS -> {
                    number = bits(integer, code[pc + 1], code[pc + 2]);
                    numberKnown = true;
                    member = code[pc + 3];
                    this.pc = pc + 4;
                    this.place = place;
                    return true;
                }
                case Program.APART -> {
                    long mask = (long) code[pc + 1] << Integer.SIZE | Integer.toUnsignedLong(code[pc + 2]);
                    long value = Long.compress(integer, mask);
                    int slot = code[pc + 3];
                    if (slot >= 0) {
                        slots[slot] = value;
                    }
                    int wanted = code[pc + 4];
                    pc += 5;
                    if (wanted >= 0) {
                        number = value;
                        numberKnown = true;
                        member = wanted;
                        this.pc = pc;
                        this.place = place;
                        return true;
                    }
                }
                case Program.CODE -> {
                    number = code(code[pc + 1]);
                    numberKnown = true;
                    member = code[pc + 2];
                    this.pc = pc + 3;
                    this.place = place;
                    return true;
                }
                case Program.REST, Program.OPEN, Program.REST_LESS, Program.COUNTED -> {
                    int operation = code[pc];
                    long left = end - place;
                    long size = left;
                    if (operation != Program.COUNTED && isCut()) {
                        isPartial = operation == Program.OPEN;
                        if (!isPartial) {
                            pc = stop(pc, place);
                            continue;
                        }
                    }
                    if (operation == Program.REST_LESS || operation == Program.COUNTED) {
                        long said = bits(slots[code[pc + 1]], code[pc + 2], code[pc + 3]);
                        if (operation == Program.REST_LESS) {
                            size = Math.max(0, left - (said & Integer.MAX_VALUE));
                        } else if (Long.compareUnsigned(said, left) > 0) {
                            pc = stop(pc, place);
                            continue;
                        } else {
                            size = said;
                        }
                        pc += 3;
                    }
                    int wanted = code[pc + 1];
                    pc += 2;
                    at = place;
                    length = (int) size;
                    if (wanted >= 0) {
                        numberKnown = false;
                        return found(wanted, place, length, pc, place + size);
                    }
                    place += size;
                }
                case Program.KEEP -> {
                    slots[code[pc + 1]] = unsigned(at, length);
                    pc += 2;
                }
                case Program.PRESENT -> {
                    slots[code[pc + 1]] = 1;
                    pc += 2;
                }
                case Program.NEED -> {
                    int size = code[pc + 1];
                    // What would be there were none missing is stopped at, as any other member.
                    pc = end - place >= size || claims(place, size) ? pc + 3 : code[pc + 2];
                }
                case Program.NEED_BITS -> {
                    long size = operand(code, pc);
                    pc = Long.compareUnsigned(end - place, size) >= 0 || claims(place, size) ? pc + 5 : code[pc + 4];
                }
                case Program.AT_LEAST -> {
                    int size = code[pc + 1];
                    pc = end - place >= size || claims(place, size) ? pc + 2 : stop(pc, place);
                }
                case Program.LABELS -> {
                    labels(code[pc + 1]);
                    pc += 2;
                }
                case Program.ZERO -> pc = operand(code, pc) == 0 ? code[pc + 4] : pc + 5;
                case Program.NONZERO -> pc = operand(code, pc) != 0 ? code[pc + 4] : pc + 5;
                case Program.EQUAL -> pc = operand(code, pc) == code[pc + 4] ? code[pc + 5] : pc + 6;
                case Program.UNEQUAL -> pc = operand(code, pc) != code[pc + 4] ? code[pc + 5] : pc + 6;
                case Program.LESS ->
                        pc = Long.compareUnsigned(operand(code, pc), code[pc + 4]) < 0 ? code[pc + 5] : pc + 6;
                case Program.NOT_LESS ->
                        pc = Long.compareUnsigned(operand(code, pc), code[pc + 4]) >= 0 ? code[pc + 5] : pc + 6;
                case Program.TIMES -> {
                    long rounds = operand(code, pc);
                    if (rounds == 0) {
                        pc = code[pc + 4];
                    } else {
                        // A count beyond the octets that are left cannot be kept: the last round will lack octets.
                        long bounded = Long.compareUnsigned(rounds, Integer.MAX_VALUE) > 0 ? Integer.MAX_VALUE : rounds;
                        repeat(place, bounded);
                        pc += 5;
                    }
                }
                case Program.TO_END -> {
                    if (place >= end) {
                        pc = code[pc + 1];
                    } else {
                        repeat(place, -1);
                        pc += 2;
                    }
                }
                case Program.AGAIN -> pc = again(place) ? code[pc + 1] : pc + 2;
                case Program.ROUND -> {
                    number = rounds[depth - 1];
                    numberKnown = true;
                    return found(code[pc + 1], place, 0, pc + 2, place);
                }
                case Program.CLEAR -> {
                    slots[code[pc + 1]] = 0;
                    pc += 2;
                }
                case Program.ENTER -> {
                    outerEnd[entered] = end;
                    leaveAt[entered] = code[pc + 1];
                    outerDepth[entered] = depth;
                    entered++;
                    if (isPartial) {
                        cutAround = entered;
                        isPartial = false;
                    }
                    end = place;
                    place -= length;
                    pc += 2;
                }
                case Program.LEAVE -> {
                    entered--;
                    cutAround = Math.min(cutAround, entered);
                    place = end;
                    end = outerEnd[entered];
                    depth = outerDepth[entered];
                    pc++;
                }
                default -> {
                    this.pc = pc;
                    this.place = place;
                    return false;
                }
            }
        }
    }

    /** The member that the last {@code next()} found. */
    public Member member() {
        return program.members[member];
    }

    /** {@link Member#index()} of {@link #member()}. */
    public int index() {
        return member;
    }

    /** Where the member's octets begin; of bits and codes, those of what holds them. */
    public long at() {
        return at;
    }

    /** How many octets the member has; of bits and codes, those of what holds them. */
    public int length() {
        return length;
    }

    /**
     * The value of an integer (unsigned; {@link MemberType#SIGNED} extended by its sign), of bits or of a code. Of
     * another member, its last 8 octets as an unsigned integer.
     */
    public long number() {
        if (!numberKnown) {
            long value = unsigned(at, length);
            if (length < 8 && program.members[member].type() == MemberType.SIGNED) {
                int spare = 64 - 8 * length;
                value = value << spare >> spare;
            }
            number = value;
            numberKnown = true;
        }
        return number;
    }

    /**
     * After {@code next()} answered false: {@link Fault#IE_MALFORMED} if the value ended before a member that it must
     * have, or a structure in it did, {@link Fault#NONE} otherwise. Members behind the last wanted one are not looked at. Where a value
     * without octets says something of its own (TS 29.244 5.6.3), the caller knows.
     */
    public Fault fault() {
        return fault;
    }

    /** Where the member begins that does not fit; meaningful only after a fault. */
    public long faultAt() {
        return faultAt;
    }

    /**
     * After a fault: the text that it says to be too short, by {@link Member#index()}, if what is there of it are the octets
     * from {@link #faultAt()} to the end of the value; otherwise -1.
     */
    public int incomplete() {
        return incomplete;
    }

    private boolean found(int wanted, long place, int size, int pc, long nextPlace) {
        member = wanted;
        at = place;
        length = size;
        this.pc = pc;
        this.place = nextPlace;
        return true;
    }

    /**
     * Where to go on: behind the structure whose octets end too early, or at the end.
     *
     * @param pc the instruction whose octets are not there
     */
    private int stop(int pc, long place) {
        if (fault == Fault.NONE) {
            fault = Fault.IE_MALFORMED;
            faultAt = place;
            long valueEnd = entered == 0 ? end : outerEnd[0];
            incomplete = place < end && end == valueEnd ? textAt(pc) : -1;
        }
        return entered > 0 ? leaveAt[entered - 1] : program.code.length - 1;
    }

    /** The text that an instruction would read; -1 if it reads none. */
    private int textAt(int pc) {
        int[] code = program.code;
        int wanted = switch (code[pc]) {
            case Program.FIXED -> code[pc + 2];
            case Program.REST -> code[pc + 1];
            case Program.REST_LESS, Program.COUNTED -> code[pc + 4];
            default -> -1;
        };
        return wanted >= 0 && program.members[wanted].type().isText() ? wanted : -1;
    }

    /** Whether the labels of the last member are within it, if it has labels: its first octet is below that of a text. */
    private void labels(int text) {
        if (length == 0 || octets.u8(at) >= text) {
            return;
        }
        long labelsEnd = at + length;
        for (long label = at; label < labelsEnd;) {
            long next = label + 1 + octets.u8(label);
            if (next > labelsEnd && fault == Fault.NONE) {
                fault = Fault.IE_MALFORMED;
                faultAt = label;
            }
            label = next;
        }
    }

    /** Whether octets are missing behind the end: not behind that of a structure, unless it takes all the rest. */
    private boolean isCut() {
        return missing != 0 && entered == cutAround;
    }

    /** Whether octets would be there were none missing. */
    private boolean claims(long place, long size) {
        return isCut() && Long.compareUnsigned(end + missing - place, size) >= 0;
    }

    /** A code of the PLMN in the three octets of the last member: TS 24.008 10.5.1.3, or TS 36.413 9.2.3.8. */
    private long code(int kind) {
        int first = octets.u8(at);
        int second = octets.u8(at + 1);
        if (kind == Program.MCC) {
            return 100 * (first & 15) + 10 * (first >>> 4) + (second & 15);
        }
        int third = octets.u8(at + 2);
        int two = 10 * (third & 15) + (third >>> 4);
        int other = second >>> 4;
        if (other == 15) {
            return two;
        }
        return kind == Program.MNC ? 10 * two + other : 100 * other + two;
    }

    private long operand(int[] code, int pc) {
        return bits(slots[code[pc + 1]], code[pc + 2], code[pc + 3]);
    }

    private static long bits(long value, int shift, int width) {
        return value >>> shift & -1L >>> -width;
    }

    private void repeat(long place, long left) {
        roundAt[depth] = place;
        roundsLeft[depth] = left;
        rounds[depth] = 0;
        depth++;
    }

    private boolean again(long place) {
        int inner = depth - 1;
        long left = roundsLeft[inner];
        boolean more = left < 0 ? place < end : left > 1;
        if (place == roundAt[inner] || !more) {
            depth = inner;
            return false;
        }
        roundAt[inner] = place;
        roundsLeft[inner] = left < 0 ? left : left - 1;
        rounds[inner]++;
        return true;
    }

    private long unsigned(long at, int size) {
        // Most are TEIDs, rules and addresses.
        return size == Integer.BYTES ? octets.u32(at)
                : size <= Long.BYTES ? octets.uint(at, size) : octets.i64(at + size - Long.BYTES);
    }
}
