package io.seidex.dictionary;

/**
 * A named part of an IE's value: an integer, some bits of one, an address, a text, a structure.
 *
 * <p>What is within a member (bits of an integer, the codes of a PLMN, the members of a structure) is a member of its own,
 * right behind the one that holds it; its name is {@code holder.part}.
 */
public final class Member {
    private final int index;
    private final String name;
    private final MemberType type;
    private final int size;
    private final Member within;
    private final long mask;
    private final String range;
    private final boolean named;
    private boolean littleEndian;
    private String field = "";
    private String unprintable = "";
    private FieldFormat format = FieldFormat.PLAIN;
    private int hexDigits;
    private String scale = "";
    private String enumeration = "";
    /** The statement and the place in it that say how it is shown; null if none does. */
    private Source shownBy;
    private int shownAt;
    private String unit = "";
    private String extent = "";
    private String condition = "";
    private String repetition = "";

    /** @param within the member that holds it, null if none does */
    Member(int index, String name, MemberType type, int size, Member within) {
        this.index = index;
        this.name = within == null ? name : within.name + '.' + name;
        this.type = type;
        this.size = size;
        this.within = within;
        this.mask = 0;
        this.range = "";
        this.named = true;
    }

    /** @param name empty of bits that are only known by their range */
    Member(int index, String name, Member whole, long mask, String range) {
        this.index = index;
        this.name = whole.name + '.' + (name.isEmpty() ? range : name);
        this.type = MemberType.BITS;
        this.size = whole.size;
        this.within = whole;
        this.mask = mask;
        this.range = range;
        this.named = !name.isEmpty();
    }

    /** Place in {@link Layout#members()}. */
    public int index() {
        return index;
    }

    /**
     * The name in the layout; of what is within a member, {@code holder.part}; of bits without a name,
     * {@code integer.b31-1}.
     */
    public String name() {
        return name;
    }

    /** False for bits that only Wireshark has a name for. */
    public boolean isNamed() {
        return named;
    }

    public MemberType type() {
        return type;
    }

    /** Octets that it takes, -1 if that differs from value to value. Of bits and codes, the octets of what holds them. */
    public int size() {
        return size;
    }

    /** The integer that holds these bits; null unless {@link MemberType#BITS}. */
    public Member whole() {
        return type == MemberType.BITS ? within : null;
    }

    /** The member that holds it: the integer of bits, the PLMN of a code, the structure; null if none does. */
    public Member within() {
        return within;
    }

    /** Which bits of the integer they are; 0 unless {@link MemberType#BITS}. */
    public long mask() {
        return mask;
    }

    /** The same as the notation says: {@code b3}, {@code b31-1}, {@code b16-13+b8-1}; empty unless bits. */
    public String range() {
        return range;
    }

    /** Highest bit, counted from 1 (least significant) over the whole integer; 0 unless {@link MemberType#BITS}. */
    public int highBit() {
        return Long.SIZE - Long.numberOfLeadingZeros(mask);
    }

    /** Lowest bit, counted as {@link #highBit()}. */
    public int lowBit() {
        return mask == 0 ? 0 : Long.numberOfTrailingZeros(mask) + 1;
    }

    /** Whether other bits lie between these bits. */
    public boolean isApart() {
        return bits() != highBit() - lowBit() + 1;
    }

    /** Whether it is one bit. */
    public boolean isFlag() {
        return bits() == 1;
    }

    /** How many bits they are; 0 unless {@link MemberType#BITS}. */
    public int bits() {
        return Long.bitCount(mask);
    }

    /** These bits of an integer, moved together to the right. */
    public long of(long integer) {
        return Long.compress(integer, mask);
    }

    /** Whether the least significant octet of the integer comes first, of bits the one that holds them. */
    public boolean isLittleEndian() {
        return type == MemberType.BITS ? within.littleEndian : littleEndian;
    }

    /** Wireshark's name of it, empty if it has none. */
    public String field() {
        return field;
    }

    /** What a text is called instead where not all of it can be printed, and then is octets; empty if it is a text always. */
    public String unprintable() {
        return unprintable;
    }

    /** How Wireshark prints {@link #field()}. */
    public FieldFormat format() {
        return format;
    }

    /** Digits behind {@code 0x}; meaningful only for {@link FieldFormat#HEX}. */
    public int hexDigits() {
        return hexDigits;
    }

    /** What its numbers stand for: the name of a {@link Scale}, or a factor in digits; empty if they are themselves. */
    public String scale() {
        return scale;
    }

    /** The enumeration that names its values, empty if there is none. */
    public String enumeration() {
        return enumeration;
    }

    /** What its values count, such as {@code kbit/s}; empty if they count nothing. */
    public String unit() {
        return unit;
    }

    /** How many octets it has, as the notation says: {@code 4}, {@code rest}, {@code name_len}; of bits and codes, empty. */
    public String extent() {
        return extent;
    }

    /** When it is there, as the notation says: {@code V4&!CH}, {@code ?} for if enough octets are left; empty: always. */
    public String condition() {
        return condition;
    }

    /** How often it comes, as the notation says: {@code count}, {@code rest} for to the end; empty: once. */
    public String repetition() {
        return repetition;
    }

    void lies(String extent, String condition) {
        this.extent = extent;
        this.condition = condition;
    }

    /** It stands in a repetition, which may be within others. */
    void repeats(String count, String condition) {
        repetition = repetition.isEmpty() ? count : count + " × " + repetition;
        if (!condition.isEmpty()) {
            this.condition = this.condition.isEmpty() ? condition : condition + " & " + this.condition;
        }
    }

    void littleEndian() {
        this.littleEndian = true;
    }

    void shownElse(String unprintable) {
        this.unprintable = unprintable;
    }

    void shownAs(String field, FieldFormat format, int hexDigits, String scale, String enumeration, String unit) {
        this.field = field;
        this.format = format;
        this.hexDigits = hexDigits;
        this.scale = scale;
        this.enumeration = enumeration;
        this.unit = unit;
    }

    void shownBy(Source statement, int at) {
        shownBy = statement;
        shownAt = at;
    }

    /** Whether the dictionary says how it is shown, so that {@link #problem} has a place. */
    public boolean isShownByStatement() {
        return shownBy != null;
    }

    /** A refusal of how it is shown. */
    public DictionaryException problem(String problem) {
        return shownBy.problem(shownAt, problem);
    }

    boolean isShown() {
        return !field.isEmpty() || !scale.isEmpty() || !enumeration.isEmpty() || !unit.isEmpty();
    }

    /** Whether its octets may be labels behind their lengths. */
    boolean hasLabels() {
        return type == MemberType.LABELS || type == MemberType.NAME || type == MemberType.FQDN;
    }

    boolean isInteger() {
        return type == MemberType.UNSIGNED || type == MemberType.BITS;
    }

    @Override
    public String toString() {
        return field.isEmpty() ? name : name + " (" + field + ")";
    }
}
