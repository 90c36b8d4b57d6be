package io.seidex.dictionary;

import io.seidex.dictionary.Item.Condition;
import io.seidex.dictionary.Item.Length;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Turns a layout into a {@link Program} for the wanted members. Cold path.
 *
 * <p>Everything up to the last item that holds a wanted member is kept: what is not wanted there is stepped over,
 * because what comes behind it begins where it ends. Conditions become jumps; only values that conditions, lengths and
 * counts look at get a slot.
 */
final class ProgramCompiler {
    private final Member[] members;
    private final boolean[] wanted;
    /** Whether what may lack octets is kept too, so that the program faults wherever one that finds everything does. */
    private final boolean checks;
    /** The slot of a member, by its index; -1 if nothing looks at it. */
    private final int[] slotOf;
    /** The first member of the same name, by index. */
    private final int[] first;
    private int slots = 1;
    /** Repetitions around what is emitted. */
    private int repetitions;
    private int[] code = new int[32];
    private int size;

    ProgramCompiler(List<Member> members, Predicate<Member> wanted, boolean checks) {
        this.checks = checks;
        this.members = members.toArray(new Member[0]);
        this.wanted = new boolean[this.members.length];
        this.slotOf = new int[this.members.length];
        Arrays.fill(slotOf, -1);
        this.first = new int[this.members.length];
        Map<String, Integer> firsts = new HashMap<>();
        for (Member member : members) {
            this.wanted[member.index()] = wanted.test(member);
            first[member.index()] = firsts.computeIfAbsent(member.name(), name -> member.index());
        }
    }

    Program compile(List<Item> items) {
        int last = items.size() - 1;
        while (last >= 0 && !isKept(items.get(last))) {
            last--;
        }
        List<Item> kept = items.subList(0, last + 1);
        giveSlots(kept);
        emit(kept);
        add(Program.END);
        return new Program(Arrays.copyOf(code, size), slots, members);
    }

    private boolean isKept(Item item) {
        return holdsWanted(item) || checks && Lengths.mayLack(item);
    }

    /** Whether the structure that a member's octets hold is gone into. */
    private boolean isEntered(Item.Field field) {
        return holdWanted(field.inside()) || checks && Lengths.mayLackInside(field);
    }

    private boolean holdsWanted(Item item) {
        return switch (item) {
            case Item.Field field ->
                    wanted[field.member().index()] || isAnyWanted(field.parts()) || holdWanted(field.inside());
            case Item.Repeat repeat ->
                    repeat.round() != null && wanted[repeat.round().index()] || holdWanted(repeat.items());
        };
    }

    private boolean holdWanted(List<Item> items) {
        boolean any = false;
        for (Item item : items) {
            any |= holdsWanted(item);
        }
        return any;
    }

    private boolean isAnyWanted(List<Member> some) {
        boolean any = false;
        for (Member member : some) {
            any |= wanted[member.index()];
        }
        return any;
    }

    private void giveSlots(List<Item> items) {
        for (Item item : items) {
            giveSlots(item.condition());
            switch (item) {
                case Item.Field field -> {
                    giveSlot(decides(field.length()));
                    if (isEntered(field)) {
                        giveSlots(field.inside());
                    }
                }
                case Item.Repeat repeat -> {
                    giveSlot(repeat.count());
                    giveSlots(repeat.items());
                }
            }
        }
    }

    /** The member that a length depends on; null if there is none. */
    private static Member decides(Length length) {
        return switch (length) {
            case Length.Fixed fixed -> null;
            case Length.Rest(Member less, _) -> less;
            case Length.Counted(Member by) -> by;
        };
    }

    private void giveSlots(Condition condition) {
        switch (condition) {
            case null -> {}
            case Condition.All(Condition left, Condition right) -> {
                giveSlots(left);
                giveSlots(right);
            }
            case Condition.Any(Condition left, Condition right) -> {
                giveSlots(left);
                giveSlots(right);
            }
            case Condition.Not(Condition of) -> giveSlots(of);
            case Condition.Set(Member member) -> giveSlot(member);
            case Condition.Compare(Member member, String test, int number) -> giveSlot(member);
            case Condition.Around _ -> {}
        }
    }

    private void giveSlot(Member member) {
        if (member != null && slotOf[holder(member)] < 0) {
            slotOf[holder(member)] = slots++;
        }
    }

    /** The member whose slot is looked at, that of the integer for bits that stand together: members of one name share it. */
    private int holder(Member member) {
        return first[(member.whole() == null || member.isApart() ? member : member.whole()).index()];
    }

    private void emit(List<Item> items) {
        for (Item item : items) {
            int[] absent = {};
            if (repetitions > 0 && item instanceof Item.Field field) {
                forget(field);
            }
            if (item.condition() != null) {
                absent = jump(item.condition(), false);
            }
            switch (item) {
                case Item.Field field -> emit(field);
                case Item.Repeat repeat -> emit(repeat);
            }
            land(absent);
        }
    }

    /** What an earlier round left of a member that may be absent from this one. */
    private void forget(Item.Field field) {
        if (field.condition() == null && !field.optional()) {
            return;
        }
        int index = field.member().index();
        if (slotOf[index] >= 0) {
            add(Program.CLEAR, slotOf[index]);
        }
        for (Member part : field.parts()) {
            if (isKept(part)) {
                add(Program.CLEAR, slotOf[holder(part)]);
            }
        }
    }

    private void emit(Item.Field field) {
        Member member = field.member();
        int index = member.index();
        int report = wanted[index] ? index : -1;
        int slot = slotOf[first[index]];
        int[] absent = {};
        switch (field.length()) {
            case Length.Fixed(int octets) -> {
                if (field.optional()) {
                    add(Program.NEED, octets);
                    absent = target();
                }
                boolean bits = isAnyWanted(field.parts()) || field.parts().stream().anyMatch(this::isKept);
                boolean integer = member.type() == MemberType.UNSIGNED && octets <= 8;
                if (integer && (slot >= 0 || bits || report >= 0)) {
                    add(member.isLittleEndian() ? Program.SWAPPED : Program.INTEGER, octets, slot, report);
                    field.parts().forEach(this::emitBits);
                } else {
                    add(Program.FIXED, octets, report);
                    keepPresence(member, slot);
                    for (Member part : field.parts()) {
                        if (wanted[part.index()]) {
                            add(Program.CODE, codeKind(part), part.index());
                        }
                    }
                }
            }
            case Length.Rest(Member less, int least) -> {
                atLeast(least);
                if (less == null) {
                    add(isEntered(field) ? Program.OPEN : Program.REST);
                } else {
                    add(Program.REST_LESS);
                    operand(less);
                }
                add(report);
                keepPresence(member, slot);
            }
            case Length.Counted(Member by) -> {
                if (field.optional()) {
                    add(Program.NEED_BITS);
                    operand(by);
                    absent = target();
                }
                add(Program.COUNTED);
                operand(by);
                add(report);
                keepPresence(member, slot);
            }
        }
        if (member.hasLabels()) {
            add(Program.LABELS, ValueText.firstText(member.type()));
        }
        if (isEntered(field)) {
            add(Program.ENTER);
            int[] leave = target();
            emit(field.inside());
            land(leave);
            add(Program.LEAVE);
        }
        land(absent);
    }

    private void atLeast(int octets) {
        if (octets > 0) {
            add(Program.AT_LEAST, octets);
        }
    }

    private void emitBits(Member part) {
        int report = wanted[part.index()] ? part.index() : -1;
        if (isKept(part) || part.isApart() && report >= 0) {
            add(Program.APART, (int) (part.mask() >>> Integer.SIZE), (int) part.mask(), slotOf[holder(part)], report);
        } else if (report >= 0) {
            add(Program.BITS, part.lowBit() - 1, part.bits(), report);
        }
    }

    /** Whether it has a slot of its own, not that of its integer. */
    private boolean isKept(Member part) {
        return part.isApart() && slotOf[holder(part)] >= 0;
    }

    private static int codeKind(Member code) {
        if (code.type() == MemberType.MCC) {
            return Program.MCC;
        }
        return code.within().type() == MemberType.PLMN ? Program.MNC : Program.MNC_S1AP;
    }

    private void keepPresence(Member member, int slot) {
        if (slot >= 0) {
            add(member.isInteger() ? Program.KEEP : Program.PRESENT, slot);
        }
    }

    private void emit(Item.Repeat repeat) {
        if (repeat.count() == null) {
            atLeast(repeat.least());
            add(Program.TO_END);
        } else {
            add(Program.TIMES);
            operand(repeat.count());
        }
        int[] never = target();
        int begin = size;
        if (repeat.round() != null && wanted[repeat.round().index()]) {
            add(Program.ROUND, repeat.round().index());
        }
        repetitions++;
        emit(repeat.items());
        repetitions--;
        add(Program.AGAIN, begin);
        land(never);
    }

    /** Emits jumps that are taken if the condition is {@code when}; answers their targets, to be landed. */
    private int[] jump(Condition condition, boolean when) {
        return switch (condition) {
            case Condition.Not(Condition of) -> jump(of, !when);
            case Condition.All(Condition left, Condition right) -> both(left, right, when, false);
            case Condition.Any(Condition left, Condition right) -> both(left, right, when, true);
            case Condition.Set(Member member) -> {
                add(when ? Program.NONZERO : Program.ZERO);
                operand(member);
                yield target();
            }
            case Condition.Compare(Member member, String test, int number) -> {
                add(operation(test, when));
                if (member == null) {
                    add(0, 0, Program.LENGTH_BITS);
                } else {
                    operand(member);
                }
                add(number);
                yield target();
            }
            case Condition.Around(Item.Given given, String test, int number) -> {
                add(operation(test, when));
                switch (given) {
                    case MESSAGE -> add(0, Program.MESSAGE_SHIFT, Program.MESSAGE_BITS);
                    case INSTANCE -> add(0, Program.INSTANCE_SHIFT, Program.INSTANCE_BITS);
                }
                add(number);
                yield target();
            }
        };
    }

    /** @param decides the answer of one side that makes the other irrelevant: true for "or", false for "and" */
    private int[] both(Condition left, Condition right, boolean when, boolean decides) {
        if (when == decides) {
            int[] first = jump(left, when);
            int[] second = jump(right, when);
            int[] all = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, all, first.length, second.length);
            return all;
        }
        int[] decided = jump(left, decides);
        int[] all = jump(right, when);
        land(decided);
        return all;
    }

    private static int operation(String test, boolean when) {
        return switch (test) {
            case "==" -> when ? Program.EQUAL : Program.UNEQUAL;
            case "!=" -> when ? Program.UNEQUAL : Program.EQUAL;
            case "<" -> when ? Program.LESS : Program.NOT_LESS;
            case ">=" -> when ? Program.NOT_LESS : Program.LESS;
            default -> throw new AssertionError(test);
        };
    }

    /** Slot, shift and width of an integer or of bits. */
    private void operand(Member member) {
        int slot = slotOf[holder(member)];
        if (member.whole() == null || member.isApart()) {
            add(slot, 0, Long.SIZE);
        } else {
            add(slot, member.lowBit() - 1, member.bits());
        }
    }

    private int[] target() {
        add(-1);
        return new int[] {size - 1};
    }

    private void land(int[] targets) {
        for (int target : targets) {
            code[target] = size;
        }
    }

    private void add(int... values) {
        if (size + values.length > code.length) {
            code = Arrays.copyOf(code, Math.max(2 * code.length, size + values.length));
        }
        for (int value : values) {
            code[size++] = value;
        }
    }
}
