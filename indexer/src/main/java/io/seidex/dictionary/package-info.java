/**
 * What does this message or element look like? Text dictionaries, one per protocol.
 *
 * <p>A {@link io.seidex.dictionary.Dictionary} is a text file. Adding an element is adding a line:
 * <pre>
 * ie 21 F-TEID [8.2.3]
 *     = flags:u8{b1=V4,b2=V6,b3=CH,b4=CHID}; teid:u32 if !CH; ipv4:ip4 if V4&amp;!CH; ipv6:ip6 if V6&amp;!CH
 *     -&gt; teid=pfcp.f_teid.teid ipv4=pfcp.f_teid.ipv4_addr ipv6=pfcp.f_teid.ipv6_addr
 * </pre>
 * It is UTF-8. A statement begins in the first column and goes on in the lines that begin with a blank. A line whose
 * first character that is no blank is {@code #} is a comment; empty lines mean nothing. The protocol comes first.
 * <pre>
 * statement  = "protocol" word
 *            | "message" type name [clause] ["session"] ["&lt;" (type | "any")]     "&lt; 50": answers message 50
 *            | "ie" [enterprise ":"] type description
 *            | "header" type ["." pdu-type] description                            GTP extension header
 *            | "part" description                                                  stands within other values
 *            | "in" place [clause], then a line for each role: element presence ["*"] name ["@" interfaces]
 *            | "enum" enumeration, then a line for each value: value ["-" value] label
 *            | "scale" scale, then a line for each piece: value ["-" value] (number ["+" step] ["[" unit "]"] | "none")
 *            | "flags" [enterprise ":"] type, then a line for each flag: flag meaning
 * place      = "message" type | "ie" element ["message" type]                      a group, everywhere or in one message
 * element    = [enterprise ":"] type ["." instance]                                GTPv2's instance
 * presence   = "M" | "C" | "CO" | "O"                                              mandatory, conditional, optional
 * clause     = "[" text "]"                                                        of the specification
 * description= name [clause] [framing] ["=" ("group" | layout ["-&gt;" shown])]
 * framing    = "fixed" octets                                                      GTPv1: type and value, no length
 *            | "length u8"                                                         GTPv1: a length of one octet
 * layout     = items | "part" name
 * items      = item {";" item}
 * item       = member ":" type ["?"] [bits | structure] ["if" condition]           "?": if enough octets are left
 *            | [member ":"] "(" items ")" "*" (member | "rest" | octets "+") ["if" condition]
 *                                                                                repeats; the member is the round
 * type       = u8 u16 u24 u32 u40 u48 u56 u64                                      unsigned
 *            | u16le u24le u32le u40le u48le u56le u64le                           the same, little-endian
 *            | i32 i64                                                             two's complement
 *            | ip4 ip6 mac ntp32 ntp48 ntp64 zone plmn plmn_s1ap                         see {@code MemberType}
 *            | (bytes text labels name fqdn tbcd uint) "[" size "]"
 * size       = octets | octets "+" | member | "rest" ["-" member]                "+": all that is left, at least so many
 * bits       = "{" bit {"," bit} "}"
 * bit        = range {"+" range} ["=" member]                                      "+": stand apart, are one number
 * range      = "b" high ["-" low]                                                  b1 is the least significant
 * structure  = "{" layout "}"                                                     what the octets of bytes[size] hold
 * condition  = all {"|" all}
 * all        = test {"&amp;" test}
 * test       = "!" test | "(" condition ")" | member | (member | "len" | given) compare number
 * given      = "{@literal @}message" | "{@literal @}instance"                                 the message's type; GTPv2's instance
 * compare    = "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 * shown      = {member "=" [named ["/" format]] ["*" (scale | factor)] [":" enumeration] ["[" unit "]"]}
 * named      = wireshark-field ["|" wireshark-field]                               "|": of a text that cannot be printed
 * format     = "hex" digits | "dec" | "bytes" | "ip4" | "ip6" | "guid" | "label"             see {@code FieldFormat}
 * </pre>
 * A condition looks at members before it; one that is absent is 0; {@code len} is the length of the value, {@literal @}message
 * the type of the message that it stands in, {@literal @}instance what tells GTPv2's elements of a type apart. Two members may
 * share a name if they exclude each other (each has its condition); {@code shown} then names them in their order.
 * Bits without a name are shown by their range: {@code urr_id.b31-1}; bits may lie within others, and between the bits
 * that are joined: {@code b16-13+b8-1=vid} is a number of 12 bits, {@code b16} the most significant. A PLMN has the members
 * {@code plmn.mcc} and {@code plmn.mnc}, which are Wireshark's {@code e212.mcc} and {@code e212.mnc} unless {@code shown}
 * says otherwise. A structure's members know those around it; {@code shown} calls them {@code tai.tac}, and those of a round
 * that has a name likewise. Octets behind the last item are ignored.
 *
 * <p>A {@link io.seidex.dictionary.Scale} says what the numbers in the octets stand for, piece by piece: {@code 64-127 64 +8
 * [kbit/s]}. A label counts if it holds {@code {10+5}}: 10 for the first value of its range, 5 more for each further one. What
 * the dictionary {@link io.seidex.dictionary.Dictionary#common common} holds (parts, scales, enumerations) all others may use.
 *
 * <p>A {@link io.seidex.dictionary.Layout} is compiled to a {@link io.seidex.dictionary.Program}, for all members or
 * for those that are wanted, and a {@link io.seidex.dictionary.LayoutReader} runs it over octets: no allocation, no
 * exception, whatever the octets are. A wrong dictionary is refused with a {@link
 * io.seidex.dictionary.DictionaryException} that names file, line and column.
 */
package io.seidex.dictionary;
