package io.seidex.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.batch.Runs;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentifiersTest {
    private static final long SEED = Long.getLong("seed", 1);

    @TempDir
    Path home;

    @Test
    void shouldKnowEveryTermAndFewOthers() throws IOException {
        Path capture = home.resolve("a.pcap");
        Traffic.seeded(SEED).sessions(500).write(capture, CaptureFormat.PCAP, 20_000);
        Path index = home.resolve("index");
        Runs.index(index, capture);
        Shard shard = PacketIndex.open(index).shards().getFirst();
        long terms = 0;
        try (FSDirectory lucene = FSDirectory.open(shard.path());
                DirectoryReader reader = DirectoryReader.open(lucene)) {
            for (IndexField field : PacketSchema.builtIn().fields()) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    Terms of = leaf.reader().terms(field.name());
                    TermsEnum each = of == null ? TermsEnum.EMPTY : of.iterator();
                    for (BytesRef term = each.next(); term != null; term = each.next()) {
                        assertTrue(shard.mayContain(field, term), field + " " + term);
                        terms += Identifiers.covers(field) ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(terms > 1000, "terms: " + terms);
        long bits = 8 * (Files.size(shard.path().resolve("identifiers")) - 2048);
        assertTrue(bits <= 10 * terms + 1024, bits + " bits for " + terms + " terms");
        Random random = new Random(SEED);
        int held = 0;
        byte[] octets = new byte[8];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(octets);
            held += shard.mayContain(PacketSchema.PFCP_SEID, new BytesRef(octets)) ? 1 : 0;
        }
        assertTrue(held < 300, "false answers of 10000: " + held + ", seed " + SEED);
    }

    @Test
    void shouldOpenNothingWhereThereIsNothing() throws IOException {
        Path index = home.resolve("index");
        Path capture = Files.write(home.resolve("a"), Traffic.seeded(1).capture(CaptureFormat.PCAP, 0));
        Runs.index(index, capture);
        Shard shard = PacketIndex.open(index).shards().getFirst();
        assertEquals(0, shard.documents());
        assertEquals(false, shard.mayContain(PacketSchema.PFCP_SEID, new BytesRef(new byte[8])));
    }
}
