package io.seidex.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritableIndexTest {
    @TempDir
    Path home;

    private static Manifest names(String name) {
        return Manifest.ofNames(name, Settings.standard(), List.of(), List.of());
    }

    private WritableIndex open() throws IOException {
        return WritableIndex.open(home.resolve("index"), Settings.standard(), line -> {});
    }

    @Test
    void shouldShowAShardOnlyWhenItIsPublished() throws IOException {
        try (WritableIndex index = open()) {
            Path built = index.begin("one");
            Files.writeString(built.resolve("a file"), "content");
            assertEquals(0, index.read().shards().size());
            assertTrue(index.publish(built, names("one")));
            assertFalse(Files.exists(built));
            assertEquals(List.of("one"), index.read().shards().stream().map(Shard::name).toList());
        }
    }

    @Test
    void shouldThrowAwayTheAttemptThatComesSecond() throws IOException {
        try (WritableIndex index = open()) {
            Path first = index.begin("one");
            Files.writeString(first.resolve("whose"), "first");
            assertTrue(index.publish(first, names("one")));
            Path second = index.begin("one");
            Files.writeString(second.resolve("whose"), "second");
            assertFalse(index.publish(second, names("one")));
            assertFalse(Files.exists(second));
            Path shard = index.read().shards().getFirst().path();
            assertEquals("first", Files.readString(shard.resolve("whose")));
        }
    }

    @Test
    void shouldHideWhatIsReplaced() throws IOException {
        try (WritableIndex index = open()) {
            index.publish(index.begin("one"), names("one"));
            index.publish(index.begin("two"), names("two"));
            Manifest merged = new Manifest("three", "", "", List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0,
                    List.of(), List.of("one", "two"), 0, List.of());
            index.publish(index.begin("three"), merged);
            assertEquals(List.of("three"), index.read().shards().stream().map(Shard::name).toList());
            index.refreshCatalog();
            assertEquals(List.of("three"), index.read().shards().stream().map(Shard::name).toList());
        }
    }

    @Test
    void shouldRemoveWhatAKilledWriterLeft() throws IOException {
        try (WritableIndex index = open()) {
            Files.writeString(index.begin("half").resolve("_0.doc"), "half");
        }
        try (WritableIndex index = open()) {
            try (var left = Files.list(home.resolve("index/tmp"))) {
                assertEquals(0, left.count());
            }
            assertEquals(0, index.read().shards().size());
        }
    }

    @Test
    void shouldWaitForAnotherWriterAndSaySo() throws Exception {
        BlockingQueue<String> said = new ArrayBlockingQueue<>(10);
        CompletableFuture<Long> second;
        long released;
        try (WritableIndex index = open()) {
            second = CompletableFuture.supplyAsync(() -> {
                try (WritableIndex _ = WritableIndex.open(index.directory(), Settings.standard(), said::add)) {
                    return System.nanoTime();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            String line = said.poll(2, TimeUnit.MINUTES);
            assertTrue(line.contains("another program writes " + index.directory()), line);
            released = System.nanoTime();
        }
        assertTrue(second.get(2, TimeUnit.MINUTES) >= released);
        assertTrue(said.isEmpty(), "said once");
    }

    @Test
    void shouldSayWhatIsNoIndex() throws IOException {
        IndexException missing = assertThrows(IndexException.class, () -> PacketIndex.open(home.resolve("nowhere")));
        assertTrue(missing.getMessage().startsWith("there is no index at "), missing.getMessage());
        IndexException other = assertThrows(IndexException.class, () -> PacketIndex.open(home));
        assertTrue(other.getMessage().contains("is not a Seidex index"), other.getMessage());
        Path file = Files.createFile(home.resolve("file"));
        IndexException notDirectory = assertThrows(IndexException.class, () -> PacketIndex.open(file));
        assertTrue(notDirectory.getMessage().contains("is not a Seidex index"), notDirectory.getMessage());
    }

    @Test
    void shouldNotReadFieldsOfAnotherVersion() throws IOException {
        Settings older = new Settings("9-abc", Settings.PAYLOAD, List.of(), Settings.SPLIT_SIZE);
        Path directory = home.resolve("older");
        WritableIndex.open(directory, older, line -> {}).close();
        IndexException e = assertThrows(IndexException.class, () -> PacketIndex.open(directory));
        assertTrue(e.getMessage().contains("9-abc"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }
}
