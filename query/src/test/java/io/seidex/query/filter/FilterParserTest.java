package io.seidex.query.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
        "pfcp => pfcp",
        "pfcp.msg_type == 50 => (== pfcp.msg_type 50)",
        "pfcp.msg_type==0x32&&udp => (and (== pfcp.msg_type 0x32) udp)",
        "a eq 1 or b ne 2 or c lt 3 => (or (== a 1) (!= b 2) (< c 3))",
        "a le 1 and b gt 2 and c ge 3 => (and (<= a 1) (> b 2) (>= c 3))",
        "a || b && c => (or a (and b c))",
        "a && b || c => (or (and a b) c)",
        "(a || b) && c => (and (or a b) c)",
        "!a == 1 => (not (== a 1))",
        "not a and b => (and (not a) b)",
        "!(a && b) => (not (and a b))",
        "!!a => a",
        "not ! not a => (not a)",
        "a in {1} => (in a 1)",
        "a in{1,2 , 5..9,7 .. 8} => (in a 1 2 5 .. 9 7 .. 8)",
        "a not in {1, 2} => (not (in a 1 2))",
        "(pfcp)and(udp) => (and pfcp udp)",
        "ip.src==10.0.0.0/8 => (== ip.src 10.0.0.0/8)",
        "ipv6.src == ::1 => (== ipv6.src ::1)",
        "ipv6.src in {fe80::/10, ::ffff:1.2.3.4} => (in ipv6.src fe80::/10 ::ffff:1.2.3.4)",
        "ip.src in {10.0.0.1..10.0.0.9} => (in ip.src 10.0.0.1 .. 10.0.0.9)",
        "t >= \"2026-01-01 10:00:00\" => (>= t \"2026-01-01 10:00:00\")",
        "t >= 2026-01-01T10:00:00+01:00 => (>= t 2026-01-01T10:00:00+01:00)",
        "t > -5.5 => (> t -5.5)",
        "t == +5 => (== t +5)",
        "capture == a/b_c-1.pcap => (== capture a/b_c-1.pcap)",
        "capture == /var/キャプチャ.pcap => (== capture /var/キャプチャ.pcap)",
        "a == \"x \\\"y\\\" \\\\ z\" => (== a \"x \\\"y\\\" \\\\ z\")",
        "a == r\"c:\\x\" => (== a \"c:\\\\x\")",
        "a==\"\"and b => (and (== a \"\") b)",
        "android => android",
        "((((a)))) => a",
    })
    void shouldReadFilters(String filter, String tree) throws FilterException {
        assertEquals(tree, FilterParser.parse(filter).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void shouldReadNothingAsEverything(String filter) throws FilterException {
        assertEquals(new Filter.Everything(), FilterParser.parse(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "pfcp &&|the filter ends too early|       ^",
        "&& pfcp|\"&&\" was unexpected here|^~",
        "pfcp ip|\"ip\" was unexpected here|     ^~",
        "(pfcp|the filter ends where a closing parenthesis must stand|     ^",
        "pfcp)|\")\" was unexpected here|    ^",
        "()|\")\" was unexpected here| ^",
        "a =1|= is not an operator; write ==|  ^",
        "a == |the filter ends too early|     ^",
        "a == ==|\"==\" was unexpected here|     ^~",
        "a in 50|a set such as {1, 2, 5..9} must stand here|     ^~",
        "a in {}|\"}\" was unexpected here|      ^",
        "a in {1 2}|a comma or a closing brace must stand here|        ^",
        "a in {1,}|\"}\" was unexpected here|        ^",
        "a not b|\"not\" was unexpected here|  ^~~",
        "a == \"x|the closing quote is missing|     ^~",
        "a == \"\\q\"|unknown escape; \\\" \\\\ \\n \\r \\t are known, and r\"…\" has none|      ^~",
        "a == '2'|character constants are not supported; write the number|     ^",
        "a matches b|matches is not supported|  ^~~~~~~",
        "a ~ b|~ (matches) is not supported|  ^",
        "a[0] == 1|slices are not supported| ^",
        "a#1 == 1|# (the layer's number) is not supported| ^",
        "len(a) == 1|functions are not supported|^~~",
        "a == max(b)|functions are not supported|     ^~~",
        "a === 1|=== (all are equal) is not supported|  ^~~",
        "a !== 1|!== (any is not equal) is not supported; != holds if all differ|  ^~~",
        "a ~= 1|~= (any is not equal) is not supported; != holds if all differ|  ^~",
        "any a == 1|the quantifier any is not supported|^~~",
        "a & 1|& (bitwise and) is not supported; write && for a logical and|  ^",
        "a | b|| is not an operator; write |||  ^",
        "a ^^ b|exclusive or is not supported|  ^",
        "a == 1 + 2|arithmetic is not supported|       ^",
        "a == ${b}|macros and field references are not supported|     ^",
        "a < b < c|chained comparisons are not supported; join two with &&|      ^",
        "\"a\"|a field or a protocol must stand here|^~~",
        "a == \\|unexpected character|     ^",
    })
    void shouldPointAtWhatIsWrong(String all) {
        // The bar is an operator too: the last bar ends the message, the first that is followed by it the filter.
        int second = all.lastIndexOf('|');
        String caret = all.substring(second + 1);
        int first = all.startsWith("a | b") ? 5 : all.indexOf('|');
        String filter = all.substring(0, first);
        FilterException wrong = assertThrows(FilterException.class, () -> FilterParser.parse(filter));
        assertEquals(all.substring(first + 1, second), wrong.getMessage());
        assertEquals("    " + filter + "\n    " + caret, wrong.picture(filter));
    }

    @Test
    void shouldRefuseEndlessNesting() {
        FilterException wrong =
                assertThrows(FilterException.class, () -> FilterParser.parse("(".repeat(100_000) + "a"));
        assertEquals(256, wrong.at());
    }

    @Test
    void shouldDrawControlCharactersAsBlanks() {
        FilterException wrong = assertThrows(FilterException.class, () -> FilterParser.parse("a\t==\n]"));
        assertEquals("    a == ]\n         ^", wrong.picture("a\t==\n]"));
    }
}
