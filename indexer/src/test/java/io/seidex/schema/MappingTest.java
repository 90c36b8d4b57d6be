package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.DictionaryException;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What dictionaries may call members. */
class MappingTest {
    @Test
    void shouldFitInEveryElementThatIsBuiltIn() {
        List<String> misfits = new ArrayList<>();
        for (Dictionary dictionary : Dictionaries.builtIn().all()) {
            for (Element element : dictionary.elements()) {
                for (Member member : element.layout().members()) {
                    if (!ElementPlan.fits(member)) {
                        misfits.add(element + " " + member.name() + " " + member.type() + " " + member.field());
                    }
                }
            }
        }
        assertEquals(List.of(), misfits);
    }

    @Test
    void shouldTakeTheExample() throws Exception {
        PacketSchema.check(Dictionaries.builtIn().extendedBy("example",
                Files.readString(Path.of("..", "docs", "dictionaries", "example.ies"))));
        PacketSchema.check(Dictionaries.builtIn().extendedBy("d", """
                protocol pfcp
                ie 24 X = a:u32; b:u8; c:ip4 -> a=vendor.a b=pfcp.cause:pfcp.causes c=pfcp.node_id_ipv4
                protocol gtp
                ie 3 Y = a:u8 -> a=gtp.cause:gtp.causes
                """));
    }

    @Test
    void shouldRefuseAFieldOfAnotherKind() {
        refused("d:2:20: 'a' cannot be pfcp.node_id_fqdn: in the index that is a text",
                "ie 24 X = a:u32 -> a=pfcp.node_id_fqdn");
        refused("d:2:27: 'a' cannot be pfcp.cause: in the index that is an unsigned integer",
                "ie 24 X = a:text[rest] -> a=pfcp.cause");
        refused("d:2:27: 'a' cannot be pfcp.seid: in the index that is an unsigned integer",
                "ie 24 X = a:text[rest] -> a=pfcp.seid");
        refused("d:2:21: 'a' cannot be pfcp.node_id_ipv4: in the index that is an IPv4 address",
                "ie 24 X = a:u32  -> a=pfcp.node_id_ipv4");
    }

    @Test
    void shouldRefuseAnEnumerationThatIsNowhere() {
        refused("d:2:19: no enumeration is called 'nosuchenum'", "ie 24 X = a:u8 -> a=pfcp.cause:nosuchenum");
        refused("d:2:19: no enumeration is called 'nosuchenum'", "ie 24 X = a:u8 -> a=:nosuchenum");
    }

    @Test
    void shouldRefuseAScaleThatIsNowhere() {
        refused("d:2:19: no scale is called 'nosuchscale'", "ie 24 X = a:u8 -> a=x.y*nosuchscale");
        Dictionaries.builtIn().extendedBy("d",
                "protocol pfcp\nie 24 X = a:u8 -> a=x.y*late\nscale late\n  1-9 10 +10\n");
        Dictionaries.builtIn().extendedBy("d", "protocol gtpv2\nie 99 X = a:u8 -> a=x.y*one_more\n");
    }

    @Test
    void shouldRefuseAnotherNameForATextThatIsIndexed() {
        refused("d:2:27: 'a' cannot be e212.imsi: in the index that is a text",
                "ie 24 X = a:text[rest] -> a=e212.imsi|x.y");
    }

    private static void refused(String problem, String statement) {
        String text = "protocol pfcp\n" + statement + "\n";
        DictionaryException refusal = assertThrows(DictionaryException.class,
                () -> PacketSchema.check(Dictionaries.builtIn().extendedBy("d", text)), statement);
        assertEquals(problem, refusal.getMessage());
    }
}
