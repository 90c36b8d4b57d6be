package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages in docs/dictionaries say what the dictionaries say. {@code -Dgolden.update=true} writes them anew. */
class DictionaryPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "dictionaries");

    enum Page {
        PFCP("pfcp", "PFCP", Dictionaries::pfcp, false,
                """
                The Packet Forwarding Control Protocol, TS 29.244 of Release 19: Sxa, Sxb, Sxc, N4, N4mb; UDP port 8805."""),
        GTPV2("gtpv2", "GTPv2-C", Dictionaries::gtpv2, true, """
                The control plane of the GPRS Tunnelling Protocol, version 2, TS 29.274 of Release 19: S11, S5, S8, S10, S4 and
                others; UDP port 2123. The instance tells elements of one type apart."""),
        GTPV1("gtpv1", "GTPv1-C", Dictionaries::gtpv1, false, """
                The control plane of the GPRS Tunnelling Protocol, version 1, TS 29.060: Gn, Gp; UDP port 2123. Its messages are
                those of all planes of version 1."""),
        GTPU("gtpu", "GTP-U", Dictionaries::gtpu, false, """
                The user plane of the GPRS Tunnelling Protocol, TS 29.281, with the extension headers of TS 38.415 and 38.425:
                N3, N9, S1-U, S5, S8, X2 and others; UDP port 2152."""),
        GTP_PRIME("gtpprime", "GTP'", Dictionaries::gtpPrime, false, """
                Charging data, TS 32.295: Ga; UDP or TCP port 3386. Only outlined.""");

        private final String file;
        private final String title;
        private final Function<Dictionaries, Dictionary> dictionary;
        private final boolean hasInstances;
        private final String introduction;

        Page(String file, String title, Function<Dictionaries, Dictionary> dictionary, boolean hasInstances,
                String introduction) {
            this.file = file;
            this.title = title;
            this.dictionary = dictionary;
            this.hasInstances = hasInstances;
            this.introduction = introduction;
        }
    }

    /** The page for people holds the grammar as the package describes it, and the example as the tests try it. */
    @Test
    void shouldShowTheGrammarAndTheExample() throws IOException {
        String source = Files.readString(Path.of("..", "indexer", "src", "main", "java", "io", "seidex", "dictionary",
                "package-info.java"));
        int begin = source.indexOf(" * statement ");
        String grammar = source.substring(begin, source.indexOf(" * </pre>", begin)).lines()
                .map(line -> line.substring(3).replaceAll(" *see \\{@code \\w+}", ""))
                .map(line -> line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
                        .replace("{@literal @}", "@") + "\n")
                .collect(Collectors.joining());
        String example = Files.readString(PAGES.resolve("example.ies"));
        Path file = PAGES.resolve("README.md");
        String[] parts = Files.readString(file).split("(?<=```\n)|(?=```\n)");
        String expected = parts[0] + parts[1] + example + parts[3] + parts[4] + parts[5] + grammar
                + String.join("", List.of(parts).subList(7, parts.length));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }
        assertEquals(expected, Files.readString(file), file + " is stale: run the test with -Dgolden.update=true");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatTheDictionarySays(Page page) throws IOException {
        Dictionaries known = Dictionaries.builtIn();
        String expected = new DictionaryPage(page.dictionary.apply(known), new FieldRegistry(known), page.hasInstances)
                .print(page.title, page.introduction);
        Path file = PAGES.resolve(page.file + ".md");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }
        assertEquals(expected, Files.exists(file) ? Files.readString(file) : "",
                file + " is stale: run the test with -Dgolden.update=true, and look at the difference");
    }
}
