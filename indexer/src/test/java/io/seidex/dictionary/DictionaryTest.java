package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryTest {
    private static final List<Dictionary> ALL = List.of(
            Dictionary.pfcp(), Dictionary.gtpv2(), Dictionary.gtpv1(), Dictionary.gtpu(), Dictionary.gtpPrime());

    @Test
    void shouldReadEveryLayout() {
        for (Dictionary dictionary : ALL) {
            everything(dictionary).forEach(Element::layout);
        }
        long elements = described(Dictionary.pfcp()) + described(Dictionary.gtpv2()) + described(Dictionary.gtpv1());
        assertEquals(628, elements + Dictionary.gtpu().headers().stream().filter(DictionaryTest::isDescribed).count());
    }

    @Test
    void shouldReadAStructureThatIsDescribedByItself() {
        Dictionary dictionary = Dictionary.read("parts", """
                protocol gtpv2
                part Place = plmn:plmn; code:u16{b9=NEAR}
                    -> code=acme.code/hex4 plmn.mcc=acme.country
                ie 1 Here = place:bytes[5]{part Place}; others:u8; (other:bytes[5]{part Place})*others
                ie 2 Nowhere = place:bytes[rest]
                """);
        Element here = dictionary.element(0, 1);
        assertTrue(here.mentions("acme.code"));
        assertFalse(dictionary.element(0, 2).mentions("acme.code"));
        assertEquals(
                List.of("place", "place.plmn", "place.plmn.mcc=acme.country", "place.plmn.mnc",
                        "place.code=acme.code", "place.code.NEAR", "others", "other", "other.plmn",
                        "other.plmn.mcc=acme.country", "other.plmn.mnc", "other.code=acme.code", "other.code.NEAR"),
                here.layout().members().stream()
                        .map(m -> m.name() + (m.field().startsWith("acme") ? "=" + m.field() : "")).toList());
        String self = "protocol gtpv2\npart A = a:bytes[rest]{part A}\n";
        assertThrows(DictionaryException.class, () -> Dictionary.read("endless", self));
        String missing = "protocol gtpv2\nie 1 X = a:bytes[rest]{part B}\n";
        assertEquals("missing:2:29: no part is called 'B'",
                assertThrows(DictionaryException.class, () -> Dictionary.read("missing", missing)).getMessage());
    }

    @Test
    void shouldTellAFramingFromANameWithoutAClause() {
        Dictionary dictionary = Dictionary.read("framings", """
                protocol gtp
                ie 1 Octet fixed 1 = value:u8
                ie 2 Two of them fixed 2
                ie 141 Short length u8 = value:bytes[rest]
                ie 3 A fixed thing [fixed 4] fixed 3
                """);
        assertEquals("Octet 1, Two of them 2, A fixed thing 3, Short -1", dictionary.elements().stream()
                .map(e -> e.name() + " " + e.fixedLength()).collect(Collectors.joining(", ")));
        assertEquals(1, dictionary.element(0, 141).lengthOctets());
    }

    @Test
    void shouldKnowEveryEnumerationThatMembersName() {
        for (Dictionary dictionary : ALL) {
            everything(dictionary).flatMap(e -> e.layout().members().stream()).map(Member::enumeration)
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> assertFalse(dictionary.labels(name) == null, name));
        }
    }

    @Test
    void shouldKnowEveryScaleThatMembersName() {
        for (Dictionary dictionary : ALL) {
            everything(dictionary).flatMap(e -> e.layout().members().stream()).map(Member::scale)
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> assertFalse(dictionary.scale(name) == null, name));
        }
    }

    /** TS 24.008 10.5.6.5: the ends of every piece of the rates. */
    @ParameterizedTest
    @CsvSource({"qos.bit_rate, 1, 1 kbit/s", "qos.bit_rate, 63, 63 kbit/s", "qos.bit_rate, 64, 64 kbit/s",
        "qos.bit_rate, 127, 568 kbit/s", "qos.bit_rate, 128, 576 kbit/s", "qos.bit_rate, 254, 8640 kbit/s",
        "qos.bit_rate, 255, 255", "qos.bit_rate, 0, 0", "qos.extended_bit_rate, 1, 8700 kbit/s",
        "qos.extended_bit_rate, 74, 16000 kbit/s", "qos.extended_bit_rate, 75, 17 Mbit/s",
        "qos.extended_bit_rate, 186, 128 Mbit/s", "qos.extended_bit_rate, 187, 130 Mbit/s",
        "qos.extended_bit_rate, 250, 256 Mbit/s", "qos.extended_bit_rate, 251, none",
        "qos.extended_2_bit_rate, 1, 260 Mbit/s", "qos.extended_2_bit_rate, 61, 500 Mbit/s",
        "qos.extended_2_bit_rate, 62, 510 Mbit/s", "qos.extended_2_bit_rate, 161, 1500 Mbit/s",
        "qos.extended_2_bit_rate, 162, 1600 Mbit/s", "qos.extended_2_bit_rate, 246, 10000 Mbit/s",
        "qos.extended_2_bit_rate, 0, none", "qos.sdu_size, 150, 1500 octets", "4, 5, 20"})
    void shouldScaleNumbersPieceByPiece(String name, long number, String meant) {
        Scale scale = Dictionary.gtpv1().scale(name);
        assertEquals(meant,
                scale.isNone(number) ? "none" : (scale.value(number) + " " + scale.unit(number)).strip());
    }

    @Test
    void shouldCountInLabels() {
        Labels delays = Dictionary.gtpv1().labels("qos.transfer_delay");
        assertEquals("10 ms", delays.of(1));
        assertEquals("950 ms", delays.of(31));
        assertEquals("4000 ms", delays.of(62));
        assertEquals(16, delays.value("200 ms"));
    }

    @Test
    void shouldNameTheRoundsOfARepetition() {
        Dictionary read = Dictionary.read("x.ies", """
                protocol x
                ie 1 A = n:u8; pairs:bytes[rest]{part pairs}
                part pairs = pair:(key:u8; value:u8)*rest -> pair.key=x.key
                """);
        Layout layout = read.element(0, 1).layout();
        assertEquals("x.key", layout.member("pairs.pair.key").field());
        assertEquals(MemberType.ROUND, layout.member("pairs.pair").type());
        assertTrue(read.element(0, 1).mentions("x.key"));
        assertFalse(read.element(0, 1).mentions("x.none"));
    }

    @Test
    void shouldGiveEveryFlagItsMeaning() {
        Element features = Dictionary.pfcp().element(0, 43);
        Member flag = features.layout().member("flags5.FTUP");
        assertEquals("F-TEID allocation/release in the UP function", Dictionary.pfcp().meaning(features, flag));
        assertEquals("", Dictionary.pfcp().meaning(features, features.layout().member("flags5")));
        assertEquals("", Dictionary.pfcp().meaning(Dictionary.pfcp().element(0, 56), flag));
    }

    @Test
    void shouldNameMembersAsWireshark() {
        assertEquals("pfcp.seid", field(57, "seid"));
        assertEquals("pfcp.f_seid.ipv4", field(57, "ipv4"));
        assertEquals("pfcp.node_id_fqdn", field(60, "fqdn"));
        assertEquals("pfcp.ue_ip_addr_ipv6", field(93, "ipv6"));
        assertEquals("e212.imsi", field(141, "imsi"));
        assertEquals("e164.msisdn", field(141, "msisdn"));
        assertEquals("pfcp.user_id.imei", field(141, "imei"));
        assertEquals("pfcp.report_type.usar", field(39, "flags.USAR"));
        assertEquals("pfcp.urr_id", field(81, "urr_id.id"));
        assertEquals("pfcp.urr_id", field(82, "linked_urr_id.b31-1"));
        Member seid = Dictionary.pfcp().element(0, 57).layout().member("seid");
        assertEquals(FieldFormat.HEX, seid.format());
        assertEquals(16, seid.hexDigits());
        assertEquals("pfcp.causes", Dictionary.pfcp().element(0, 19).layout().member("cause").enumeration());
    }

    private static String field(int type, String member) {
        return Dictionary.pfcp().element(0, type).layout().member(member).field();
    }

    @Test
    void shouldLabelValues() {
        Dictionary pfcp = Dictionary.pfcp();
        assertEquals("PFCP Session Establishment Request", pfcp.label("pfcp.messages", 50));
        assertEquals("F-SEID", pfcp.label("pfcp.ies", 57));
        assertEquals("Session context not found", pfcp.label("pfcp.causes", 65));
        assertEquals("(spare, rejection)", pfcp.label("pfcp.causes", 200));
        assertEquals("", pfcp.label("pfcp.causes", 1000));
        assertEquals("", pfcp.label("pfcp.causes", -1));
        assertEquals("", pfcp.label("pfcp.nothing", 1));
        assertEquals("spare", Dictionary.gtpv2().label("gtpv2.rat_type", 100));
        assertEquals("Create Session Request", Dictionary.gtpv2().label("gtpv2.messages", 32));
        assertEquals("G-PDU", Dictionary.gtpv1().label("gtp.messages", 255));
        assertEquals(50, pfcp.labels("pfcp.messages").value("pfcp session establishment request"));
        assertEquals(-1, pfcp.labels("pfcp.messages").value("nonsense"));
    }

    @Test
    void shouldPairRequestsWithAnswers() {
        Message request = Dictionary.pfcp().message(50);
        assertEquals(51, request.answeredBy());
        assertFalse(request.isResponse());
        assertTrue(request.session());
        assertEquals(50, Dictionary.pfcp().message(51).answers());
        assertEquals(Message.ANY, Dictionary.pfcp().message(11).answers());
        assertEquals(132, Dictionary.gtpv2().message(131).answeredBy());
        assertNull(Dictionary.pfcp().message(200));
        assertNull(Dictionary.pfcp().message(-1));
        assertNull(Dictionary.pfcp().message(256));
    }

    @Test
    void shouldFindElementsOfEnterprises() {
        Dictionary pfcp = Dictionary.pfcp();
        assertEquals("Logical Port", pfcp.element(3561, 32769).name());
        assertEquals("TP Build Identifier", pfcp.element(18681, 32770).name());
        assertTrue(pfcp.element(3561, 32781).isGroup());
        assertNull(pfcp.element(0, 32769));
        assertNull(pfcp.element(1, 32769));
        assertNull(pfcp.element(0, -1));
        assertNull(pfcp.element(0, 65535));
    }

    @Test
    void shouldFrameGtpv1Elements() {
        Dictionary gtp = Dictionary.gtpv1();
        assertEquals(8, gtp.element(0, 2).fixedLength());
        assertEquals(0, gtp.element(0, 2).lengthOctets());
        assertEquals(-1, gtp.element(0, 131).fixedLength());
        assertEquals(2, gtp.element(0, 131).lengthOctets());
        assertEquals(1, gtp.element(0, 141).lengthOctets());
        assertEquals(-1, gtp.element(0, 141).fixedLength());
        for (Element element : gtp.elements()) {
            assertEquals(element.type() < 128, element.fixedLength() >= 0, element::toString);
        }
    }

    @Test
    void shouldChooseExtensionHeadersByPduType() {
        Dictionary gtpu = Dictionary.gtpu();
        assertEquals(0, gtpu.header(0x85, 0x00).variant());
        assertEquals(1, gtpu.header(0x85, 0x1F).variant());
        assertEquals(-1, gtpu.header(0xC0, 0x1F).variant());
        assertEquals(-1, gtpu.header(0x85, 0xF0).variant());
        assertEquals("PDU Session Container", gtpu.header(0x85).name());
        assertNull(gtpu.header(0x7F, 0));
        assertNull(Dictionary.pfcp().header(0x85, 0));
    }

    @Test
    void shouldSayWhatStandsWhereAndAsWhat() {
        Dictionary pfcp = Dictionary.pfcp();
        assertEquals("CP F-SEID", pfcp.roles(50).name(0, 57, 0));
        assertEquals("UP F-SEID", pfcp.roles(51).name(0, 57, 0));
        assertEquals("", pfcp.roles(50).name(0, 65, 0), "the FQ-CSIDs are told apart by their content");
        assertTrue(pfcp.roles(50).of(0, 65, 0).size() > 1);
        Role create = pfcp.roles(50).of(0, 1, 0).getFirst();
        assertEquals(Role.Presence.MANDATORY, create.presence());
        assertTrue(create.repeats());
        assertEquals("Local F-TEID", pfcp.roles(50, pfcp.element(0, 2), 0).name(0, 21, 0));
        assertTrue(pfcp.roles(200).isEmpty());
        Dictionary gtpv2 = Dictionary.gtpv2();
        assertEquals("S5/S8-U SGW F-TEID", gtpv2.roles(32, gtpv2.element(0, 93), 0).name(0, 87, 2));
        assertEquals("S4-U SGSN F-TEID", gtpv2.roles(32, gtpv2.element(0, 93), 1).name(0, 87, 0));
        assertTrue(gtpv2.roles(1, gtpv2.element(0, 93), 0).isEmpty());
    }

    @Test
    void shouldKnowEveryElementThatStandsSomewhere() {
        for (Dictionary dictionary : List.of(Dictionary.pfcp(), Dictionary.gtpv2())) {
            int count = 0;
            for (Roles roles : dictionary.places().values()) {
                for (Role role : roles) {
                    assertTrue(dictionary.element(role.enterprise(), role.type()) != null, role::toString);
                    count++;
                }
            }
            assertEquals(dictionary == Dictionary.pfcp() ? 261 + 648 : 831 + 369, count, dictionary.protocol());
            for (Element group : dictionary.elements().stream().filter(Element::isGroup).toList()) {
                assertTrue(group.enterprise() != 0 || dictionary.places().keySet().stream()
                        .anyMatch(place -> place.group() == group.type()), group::toString);
            }
        }
    }

    @Test
    void shouldLetVendorsAddWhatStandsInMessages() {
        Dictionary extended = Dictionary.pfcp().extendedBy("v.ies", """
                protocol pfcp
                ie 9:32800 Quota Hint
                in message 50
                    9:32800 O Quota Hint
                    57 O CP F-SEID
                in ie 9:32801
                    9:32800 M* Hint @ N4 N9
                """);
        assertEquals("Quota Hint", extended.roles(50).name(9, 32800, 0));
        assertEquals("Node ID", extended.roles(50).name(0, 60, 0));
        assertEquals(Role.Presence.OPTIONAL, extended.roles(50).of(0, 57, 0).getFirst().presence());
        Element group = new Element(9, 32801, -1, "Hints", "", Element.LENGTH_U16, true, null, Map.of());
        Role hint = extended.roles(52, group, 0).iterator().next();
        assertEquals(new Role(9, 32800, 0, "Hint", Role.Presence.MANDATORY, true, List.of("N4", "N9")), hint);
        assertEquals("", Dictionary.pfcp().roles(50).name(9, 32800, 0));
    }

    @Test
    void shouldSayWhenMembersAreThereAndHowOften() {
        Layout layout = Layout.of("""
                n:u8{b1=F}; a:ip4 if F&!(n==3
                  | n==5); (k:u8; t:text[ k ]; (c:u8?)*rest if k>=2)*n if F; more:bytes[rest-F]{x:bytes[n]}
                """);
        assertEquals(
                "n 1  , n.F   , a 4 F&!(n==3 | n==5) , k 1 F n, t k F n, c 1 F & k>=2 & ? n × rest, more rest-F  , more.x n  ",
                layout.members().stream()
                        .map(m -> m.name() + ' ' + m.extent() + ' ' + m.condition() + ' ' + m.repetition())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void shouldAddTheLinesOfVendors() {
        Dictionary pfcp = Dictionary.pfcp();
        Dictionary extended = pfcp.extendedBy("vendor.ies", """
                # A vendor.
                protocol pfcp
                ie 9:32800 Quota Hint = hint:u16 -> hint=vendor.hint:vendor.hints
                ie 56 Rule = rule:u16
                enum vendor.hints
                    1 low
                    # in between
                    2-9 high
                enum pfcp.causes
                    200 Out of cheese
                """);
        assertEquals("vendor.hint", extended.element(9, 32800).layout().members().getFirst().field());
        assertEquals("high", extended.label("vendor.hints", 7));
        assertEquals("Rule", extended.element(0, 56).name());
        assertEquals("Rule", extended.label("pfcp.ies", 56));
        assertEquals("Out of cheese", extended.label("pfcp.causes", 200));
        assertEquals("(spare, rejection)", extended.label("pfcp.causes", 199));
        assertEquals("(spare, rejection)", extended.label("pfcp.causes", 201));
        assertEquals("Session context not found", extended.label("pfcp.causes", 65));
        assertSame(pfcp.element(0, 57), extended.element(0, 57));
        assertNotSame(pfcp.element(0, 56), extended.element(0, 56));
        assertEquals("(spare, rejection)", pfcp.label("pfcp.causes", 200));
        assertNull(pfcp.element(9, 32800));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            ie 1 A = a:u8                                # 1:1: expected 'protocol' and its name, found 'ie'
            protocol x|protocol x                        # 2:1: the protocol is named twice
            protocol x y                                 # 1:12: expected the end of the statement, found 'y'
            protocol x|iee 1 A                           # 2:1: expected 'protocol', 'message', 'ie', 'header', 'part', 'in', 'enum', 'scale' or 'flags', found 'iee'
            protocol x|  ie 1 A|ie 1 B                   # 2:3: expected the end of the statement, found 'ie'
            ` protocol x`                                # 1:2: nothing stands before it that this line could continue
            protocol x|ie A                              # 2:4: expected a type up to 65535, found 'A'
            protocol x|ie 65536 A                        # 2:4: expected a type up to 65535, found '65536'
            protocol x|ie 1                              # 2:5: expected a name, found the end of the statement
            protocol pfcp|ie 4711:1234 A                 # 2:4: a vendor's type has the highest bit set (TS 29.244 8.1.1): 1234 is 34002 in the message
            protocol x|ie 1 A = a:u8|ie 1 B              # 3:1: this is described in line 2 already
            protocol x|ie 1 A [8.1                       # 2:12: expected ']', found the end of the statement
            protocol x|ie 1 A =                          # 2:9: expected the name of a member, found the end of the statement
            protocol x|ie 1 A = a                        # 2:11: expected ':', found the end of the statement
            protocol x|ie 1 A = a:u9                     # 2:12: 'u9' is no type
            protocol x|ie 1 A = rest:u8                  # 2:10: 'rest' cannot be the name of a member
            protocol x|ie 1 A = a:u8; a:u8               # 2:16: two members are called 'a': each needs its condition
            protocol x|ie 1 A = a:u8; a:u16 if a         # 2:16: two members are called 'a', of different types
            protocol x|ie 1 A = a:u8{b1=F}; F:u8         # 2:22: two members are called 'F', of different types
            protocol x|ie 1 A = a:u8 b:u8                # 2:15: expected ';', 'if', '->' or the end of the layout, found 'b'
            protocol x|ie 1 A = a:bytes                  # 2:17: expected '[', found the end of the statement
            protocol x|ie 1 A = a:bytes[n]               # 2:18: no earlier member is called 'n'
            protocol x|ie 1 A = n:ip4; a:bytes[n]        # 2:25: 'n' is no integer
            protocol x|ie 1 A = a:bytes[70000]           # 2:18: expected a number of octets up to 65535, found '70000'
            protocol x|ie 1 A = a:u8{b9=F}               # 2:16: expected a bit from 1 to 8, found '9'
            protocol x|ie 1 A = a:u8{b0=F}               # 2:16: bits count from 1, the least significant
            protocol x|ie 1 A = a:u8{b1-4=F}             # 2:15: the higher bit comes first: b4-1
            protocol x|ie 1 A = a:u8{b4-1=F,b5-2=G}      # 2:22: bits of 'a' cross others, without being within
            protocol x|ie 1 A = a:u8{b2-1+b8-7=F}        # 2:20: bits that are joined come from the highest to the lowest
            protocol x|ie 1 A = a:u8{b8-5+b6-1=F}        # 2:20: bits that are joined come from the highest to the lowest
            protocol x|ie 1 A = a:u8{b8-5+4=F}           # 2:20: expected bits such as 'b3=NAME' or 'b4-1=name', found '4'
            protocol x|ie 1 A = a:u8{b1=F,b1=G}          # 2:20: these bits are called 'a.F' already
            protocol x|ie 1 A = a:u8{b8+b1=F,b2-1=G}     # 2:23: bits of 'a' cross others, without being within
            protocol x|ie 1 A = a:bytes[4]{b:u8          # 2:25: expected '}', found the end of the statement
            protocol x|ie 1 A = a:text[4]{b1=B}          # 2:19: only an integer u8 to u64 has bits
            protocol x|ie 1 A = a:bytes[1]{b:u8}; c:u8 if b # 2:36: no earlier member is called 'b'
            protocol x|ie 1 A = p:bytes[9]{q:bytes[9]{r:bytes[9]{s:bytes[9]{t:bytes[9]{u:u8}}}}} # 2:64: more than 4 structures in one another
            protocol x|ie 1 A = a:u8 -> a=x.y[]          # 2:24: expected the unit of 'a', found ']'
            protocol x|ie 1 A = a:u8 -> a=x.y[s          # 2:25: expected ']', found the end of the statement
            protocol x|ie 1 A = a:u8{b1=F,b2=F}          # 2:23: two members are called 'F'
            protocol x|ie 1 A = a:u8{F}                  # 2:15: expected bits such as 'b3=NAME' or 'b4-1=name', found 'F'
            protocol x|ie 1 A = a:ip4{b1=F}              # 2:15: only an integer u8 to u64 has bits
            protocol x|ie 1 A = a:u8 if F                # 2:18: no earlier member is called 'F'
            protocol x|ie 1 A = a:u8; b:u8 if a==        # 2:27: expected a number up to 2147483646, found the end of the statement
            protocol x|ie 1 A = a:u8; b:u8 if len        # 2:27: expected '==', '!=', '<', '<=', '>' or '>=', found the end of the statement
            protocol x|ie 1 A = a:ip4; b:u8 if a==1      # 2:25: 'a' is no integer
            protocol x|ie 1 A = a:u8 if @len==1          # 2:19: expected '@message' or '@instance', found 'len'
            protocol x|ie 1 A = a:u8 if @message         # 2:26: expected '==', '!=', '<', '<=', '>' or '>=', found the end of the statement
            protocol x|ie 1 A = (a:u8                    # 2:15: expected ')', found the end of the statement
            protocol x|ie 1 A = (a:u8)*                  # 2:17: expected 'rest', a number and '+', or the name of an earlier integer, found the end of the statement
            protocol x|ie 1 A = (((((a:u8)*rest)*rest)*rest)*rest)*rest # 2:14: more than 4 repetitions in one another
            protocol x|ie 1 A = a:u8; b:u8 if !!!!!!!!!!!!!!!!!a # 2:40: more than 16 conditions in one another
            protocol x|ie 1 A = a:u8 -> b=x.y            # 2:18: no member is called 'b'
            protocol x|ie 1 A = a:u8 -> a=               # 2:20: expected the name of a field, found the end of the statement
            protocol x|ie 1 A = a:u8 -> a=x.y a=x.z      # 2:24: 'a' is named twice
            protocol x|ie 1 A = a:u8 -> a=x.y/oct        # 2:24: expected 'hex' and a number of digits, 'dec', 'bytes', 'ip4', 'ip6', 'guid' or 'label', found 'oct'
            protocol x|ie 1 A = a:u8 -> a=x.y/hex17      # 2:27: expected a number of digits up to 16, found '17'
            protocol x|enum e|  9-2 nine to two          # 3:7: expected a range that begins with its lower end, found 'nine'
            protocol x|ie 1 A = group a                  # 2:16: expected the end of the statement, found 'a'
            protocol x|ie 1 A [1] fixed                  # 2:17: expected a number of octets up to 255, found the end of the statement
            protocol x|ie 1 A [1] length u16             # 2:19: expected 'u8', found 'u16'
            protocol x|message 256 M                     # 2:9: expected a message type up to 255, found '256'
            protocol x|message 1 M < b                   # 2:15: expected 'any' or a message type up to 255, found 'b'
            protocol x|header 1.16 H                     # 2:10: expected a PDU type up to 15, found '16'
            protocol x|enum                              # 2:5: expected the name of the enumeration, found the end of the statement
            protocol x|enum e|  1 one|  two              # 4:3: expected a value, found 'two'
            protocol x|enum e|  1                        # 3:4: expected the label of 1, found the end of the statement
            protocol x|in 1                              # 2:4: expected 'message' or 'ie', found '1'
            protocol x|in message 256                    # 2:12: expected a message type up to 255, found '256'
            protocol x|in ie 9.16                        # 2:9: expected an instance up to 15, found '16'
            protocol x|in ie 9|  1 X Name                # 3:5: expected 'M', 'C', 'CO' or 'O', found 'X'
            protocol x|in ie 9|  1 M                     # 3:6: expected the name of the role, found the end of the statement
            protocol x|in ie 9|  1 M Name @              # 3:13: expected the interfaces, found the end of the statement
            protocol x|ie 1 A = a:u8 -> a=x.y*           # 2:24: expected the name of a scale or a factor, found the end of the statement
            protocol x|ie 1 A = r:(a:u8)*rest; b:u8 if a # 2:33: no earlier member is called 'a'
            protocol x|ie 1 A = r:(a:u8)*rest; b:u8 if r==1 # 2:33: 'r' is no integer
            protocol x|scale s|  1-2 3 +|                # 3:10: expected what the next one adds, found the end of the statement
            protocol x|scale s|  1                       # 3:4: expected what 1 stands for, or 'none', found the end of the statement
            protocol x|scale s|  1-5 1 +1|  5 9          # 4:5: expected numbers that ascend, found '9'
            protocol x|enum e|  1-999 {1+1} ms           # 3:8: a label that counts serves at most 256 values
            protocol x|ie 1 A: a:u8                      # 2:9: expected '=' before the layout
            protocol x|enum e                            # 2:7: expected a value, found the end of the statement
            protocol x|ie 1 A = a:u8{b1=F}|flags 1|  G X # 4:3: element 1 has no flag 'G'
            protocol x|ie 1 A = a:bytes[4||enum e|  1 a  # 2:19: expected ']', found the end of the statement
            protocol x|flags 1|  F                       # 3:4: expected the meaning of F, found the end of the statement
            """)
    void shouldRefuseABrokenLine(String text, String message) {
        DictionaryException refusal = assertThrows(DictionaryException.class,
                () -> Dictionary.read("x.ies", text.replace('|', '\n')));
        assertEquals("x.ies:" + message, refusal.getMessage());
        assertEquals("x.ies:" + refusal.line() + ":" + refusal.column() + ":",
                refusal.getMessage().substring(0, refusal.getMessage().indexOf(": ") + 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "a:u8 -> a=x.y|x.z          # 2:24: only a text with a name has another one for what cannot be printed",
        "a:text[1] -> a=|x.z        # 2:26: only a text with a name has another one for what cannot be printed",
        "a:text[1] -> a=x.y|        # 2:29: expected what 'a' is called where it cannot be printed, found the end of"
                + " the statement",
        "a:u8 -> a=x.y/label        # 2:18: '/label' is for a number with an enumeration",
        "a:text[1] -> a=x.y/label:e # 2:23: 'a' is no number: it has neither a scale nor an enumeration",
        "a:ip4 -> a=x.y:e           # 2:19: 'a' is no number: it has neither a scale nor an enumeration",
        "a:text[1] -> a=x.y*10      # 2:23: 'a' is no number: it has neither a scale nor an enumeration",
        "a:u8 -> a=x.y*0            # 2:24: the factor is 0",
        "a:u8 -> a=x.y/ip4          # 2:18: 'a' cannot be printed so: of that kind its values are not",
        "a:text[4] -> a=x.y/hex4    # 2:23: 'a' cannot be printed so: of that kind its values are not",
        "a:bytes[4] -> a=x.y/guid   # 2:24: 'a' cannot be printed so: of that kind its values are not",
        "a:u8 -> a=and              # 2:18: 'and' is no name of a field, such as 'acme.quota'",
        "a:u8 -> a=x..y             # 2:18: 'x..y' is no name of a field, such as 'acme.quota'",
        "a:text[rest]; b:u8         # 2:24: nothing is left: what stands before takes all octets",
        "(a:u8)*rest; b:u8          # 2:23: nothing is left: what stands before takes all octets",
        "n:u8; (a:bytes[0])*rest    # 2:16: a round of this repetition takes no octets"})
    void shouldRefuseNamesThatDoNotFit(String layout, String message) {
        DictionaryException refusal = assertThrows(DictionaryException.class,
                () -> Dictionary.read("x.ies", "protocol x\nie 1 A = " + layout));
        assertEquals("x.ies:" + message, refusal.getMessage());
    }

    @Test
    void shouldReadWhatOtherEditorsWrite() {
        Dictionary read = Dictionary.read("x.ies",
                "\uFEFFprotocol x\r\n\r\nie 1 A\r\n\t= a:u8;\r\n\t-> a=x.a:e\r\nenum e\r\n\t1 one\r\n\r\n\t2 two");
        assertEquals("x.a", read.element(0, 1).layout().member("a").field());
        assertEquals("A", read.element(0, 1).name());
        assertEquals("one", read.label("e", 1));
        assertEquals("two", read.label("e", 2));
    }

    @Test
    void shouldRefuseAnotherProtocol() {
        assertEquals("v.ies:1:10: expected 'pfcp', found 'gtpv2'", assertThrows(DictionaryException.class,
                () -> Dictionary.pfcp().extendedBy("v.ies", "protocol gtpv2\n")).getMessage());
        assertEquals("v.ies:1:1: expected 'protocol' and its name",
                assertThrows(DictionaryException.class, () -> Dictionary.read("v.ies", "# nothing\n")).getMessage());
    }

    private static Stream<Element> everything(Dictionary dictionary) {
        return Stream.of(dictionary.elements(), dictionary.headers(), dictionary.parts()).flatMap(e -> e.stream());
    }

    private static long described(Dictionary dictionary) {
        return everything(dictionary).filter(DictionaryTest::isDescribed).count();
    }

    private static boolean isDescribed(Element element) {
        return !element.layout().members().isEmpty();
    }
}
