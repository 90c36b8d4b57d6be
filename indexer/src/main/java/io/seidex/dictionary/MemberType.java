package io.seidex.dictionary;

/** What a member's octets mean. The first column is the word of the notation. */
public enum MemberType {
    /** {@code u8 u16 u24 u32 u40 u48 u56 u64}, {@code uint[n]}: unsigned. */
    UNSIGNED,
    /** {@code i32 i64}: two's complement. */
    SIGNED,
    /** Some bits of an unsigned integer: {@code {b4-1=name}}. */
    BITS,
    /** {@code ip4}: 4 octets. */
    IP4,
    /** {@code ip6}: 16 octets. */
    IP6,
    /** {@code mac}: 6 octets. */
    MAC,
    /**
     * {@code ntp32}: seconds since 1900-01-01 UTC; a value with the top bit 0 belongs to the era from
     * 2036-02-07 on.
     */
    NTP32,
    /** {@code ntp64}: seconds as {@link #NTP32}, then 32 bits of fraction. */
    NTP64,
    /** {@code ntp48}: milliseconds since 1900-01-01 UTC, of the era as {@link #NTP32}. */
    NTP48,
    /**
     * {@code zone}: a time zone in one octet, quarters of an hour from GMT, the digits swapped and bit 4 the sign
     * (TS 23.040 9.2.3.11).
     */
    ZONE,
    /** {@code plmn}: MCC and MNC in 3 octets, TS 24.008 order. Holds {@link #MCC} and {@link #MNC}. */
    PLMN,
    /** {@code plmn_s1ap}: MCC and MNC in 3 octets, TS 36.413 order. Holds {@link #MCC} and {@link #MNC}. */
    PLMN_S1AP,
    /** The mobile country code of a PLMN, as a number. */
    MCC,
    /** The mobile network code of a PLMN, as a number: whether it has two digits or three, the PLMN tells. */
    MNC,
    /** {@code name:(…)*n}: a round of a repetition; its number, counted from 0. Holds the members of the round. */
    ROUND,
    /** {@code bytes[n]}: octets without further meaning, or a structure, whose members follow. */
    BYTES,
    /** {@code text[n]}: UTF-8. */
    TEXT,
    /** {@code labels[n]}: a length octet before each label, no trailing zero (TS 23.003 9.1). */
    LABELS,
    /** {@code name[n]}: labels if the first octet is below 0x20, plain text otherwise (Network Instance). */
    NAME,
    /** {@code fqdn[n]}: labels if the first octet is below 0x40, plain text otherwise (Node ID). */
    FQDN,
    /** {@code tbcd[n]}: digits, low half first, filler 0xF. */
    TBCD;

    /** Whether {@link LayoutReader#number()} is the value. */
    public boolean isNumber() {
        return this == UNSIGNED || this == SIGNED || this == BITS || this == MCC || this == MNC || this == ZONE
                || this == ROUND;
    }

    /** Whether {@link ValueText} turns it into text. */
    public boolean isText() {
        return this == TEXT || this == LABELS || this == NAME || this == FQDN || this == TBCD;
    }
}
