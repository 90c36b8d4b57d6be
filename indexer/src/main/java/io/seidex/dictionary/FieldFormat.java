package io.seidex.dictionary;

/** How Wireshark prints a member, where its type does not say so. The first words are those of the notation. */
public enum FieldFormat {
    /** As its type suggests: integers and bits in decimal, addresses, times and texts as such, {@code bytes} in hex. */
    PLAIN,
    /** {@code /dec}: as an unsigned decimal number. */
    DECIMAL,
    /** {@code /hex8}: as {@code 0x} and {@link Member#hexDigits()} digits. */
    HEX,
    /** {@code /bytes}: as octets in hex, though it is a number or a text. */
    BYTES,
    /** {@code /ip4}: as an IPv4 address; the field exists only if there are 4 octets. */
    IP4,
    /** {@code /ip6}: as an IPv6 address; the field exists only if there are 16 octets. */
    IP6,
    /** {@code /guid}: as a GUID of 16 octets. */
    GUID,
    /** {@code /label}: as what its enumeration calls the value. */
    LABEL
}
