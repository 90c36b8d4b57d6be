package io.seidex.dictionary;

/**
 * A named part of an IE's value: an integer, some bits of one, an address, a text.
 *
 * <p>Bits are members of their own, right behind the integer that holds them; their name is {@code integer.bits}.
 */
public final class Member {
    private final int index;
    private final String name;
    private final MemberType type;
    private final int size;
    private final Member whole;
    private final int highBit;
    private final int lowBit;
    private final boolean named;
    private String field = "";
    private FieldFormat format = FieldFormat.PLAIN;
    private int hexDigits;
    private String enumeration = "";

    Member(int index, String name, MemberType type, int size) {
        this.index = index;
        this.name = name;
        this.type = type;
        this.size = size;
        this.whole = null;
        this.highBit = 0;
        this.lowBit = 0;
        this.named = true;
    }

    Member(int index, String name, boolean named, Member whole, int highBit, int lowBit) {
        this.index = index;
        this.name = whole.name + '.' + name;
        this.type = MemberType.BITS;
        this.size = whole.size;
        this.whole = whole;
        this.highBit = highBit;
        this.lowBit = lowBit;
        this.named = named;
    }

    /** Place in {@link Layout#members()}. */
    public int index() {
        return index;
    }

    /** The name in the layout; of bits, {@code integer.bits}; of bits without a name, {@code integer.b31-1}. */
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

    /** Octets that it takes, -1 if that differs from value to value. Of bits, the octets of their integer. */
    public int size() {
        return size;
    }

    /** The integer that holds these bits; null unless {@link MemberType#BITS}. */
    public Member whole() {
        return whole;
    }

    /** Highest bit, counted from 1 (least significant) over the whole integer; 0 unless {@link MemberType#BITS}. */
    public int highBit() {
        return highBit;
    }

    /** Lowest bit, counted as {@link #highBit()}. */
    public int lowBit() {
        return lowBit;
    }

    /** Wireshark's name of it, empty if it has none. */
    public String field() {
        return field;
    }

    /** How Wireshark prints {@link #field()}. */
    public FieldFormat format() {
        return format;
    }

    /** Digits behind {@code 0x}; meaningful only for {@link FieldFormat#HEX}. */
    public int hexDigits() {
        return hexDigits;
    }

    /** The enumeration that names its values, empty if there is none. */
    public String enumeration() {
        return enumeration;
    }

    void shownAs(String field, FieldFormat format, int hexDigits, String enumeration) {
        this.field = field;
        this.format = format;
        this.hexDigits = hexDigits;
        this.enumeration = enumeration;
    }

    boolean isInteger() {
        return type == MemberType.UNSIGNED || type == MemberType.BITS;
    }

    @Override
    public String toString() {
        return field.isEmpty() ? name : name + " (" + field + ")";
    }
}
