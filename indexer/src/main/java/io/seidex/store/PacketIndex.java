package io.seidex.store;

import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An index as its readers see it at one moment: settings and shards. Reads manifests only, opens no Lucene index, writes
 * nothing, holds nothing open: any number of readers may look while one writer publishes.
 */
public final class PacketIndex {
    private final Path directory;
    private final Settings settings;
    private final PacketSchema schema;
    private final List<Shard> shards;
    private final List<ShardPart> parts;
    private final List<IndexedCapture> captures;
    private final Overlays overlays;
    private final List<Hidden> hidden;

    /** A shard that readers do not see, and the one that hides it. */
    record Hidden(Shard shard, Shard by) {}

    private PacketIndex(
            Path directory, Settings settings, PacketSchema schema, List<Shard> shards, List<Hidden> hidden) {
        this.directory = directory;
        this.settings = settings;
        this.schema = schema;
        this.shards = List.copyOf(shards);
        this.hidden = List.copyOf(hidden);
        this.captures = captures(this.shards);
        this.overlays = Overlays.of(this.shards);
        List<ShardPart> placed = new ArrayList<>();
        for (IndexedCapture capture : captures) {
            placed.addAll(capture.parts());
        }
        this.parts = List.copyOf(placed);
    }

    /**
     * Reads the settings and the manifests of an index.
     *
     * @throws IndexException if there is no index, or none that this program can read
     */
    public static PacketIndex open(Path directory) throws IOException {
        Settings settings = settings(directory);
        PacketSchema schema = settings.packetSchema();
        if (!settings.schema().equals(Settings.word(schema))) {
            throw new IndexException(directory + " was made by another version of Seidex (fields " + settings.schema()
                    + ", not " + Settings.word(schema) + "): use that version, or index again into a new directory");
        }
        Catalog catalog = Catalog.read(directory);
        List<Shard> shards = new ArrayList<>();
        Map<String, Shard> replaced = new HashMap<>();
        for (String name : Layout.shardNames(directory)) {
            Shard shard = catalog.shard(name);
            if (shard == null) {
                shard = shard(Layout.shard(directory, name));
            }
            if (shard != null) {
                shards.add(shard);
                for (String each : shard.manifest().replaces()) {
                    replaced.put(each, shard);
                }
            }
        }
        List<Hidden> hidden = shards.stream().filter(shard -> replaced.containsKey(shard.name()))
                .map(shard -> new Hidden(shard, replaced.get(shard.name()))).toList();
        shards.removeIf(shard -> replaced.containsKey(shard.name()));
        return new PacketIndex(directory, settings, schema, shards, hidden);
    }

    /** Whether a directory looks like an index. */
    public static boolean isIndex(Path directory) {
        return Files.exists(Layout.settings(directory)) && Files.exists(Layout.shards(directory));
    }

    static Settings settings(Path directory) throws IOException {
        Path file = Layout.settings(directory);
        byte[] json;
        try {
            json = Files.readAllBytes(file);
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (!Files.exists(directory)) {
                throw new IndexException("there is no index at " + directory + ": make one with 'seidex index'", e);
            }
            throw new IndexException(
                    directory + " is not a Seidex index: it has no " + Layout.SETTINGS, e);
        } catch (IOException e) {
            if (Files.isDirectory(directory) || !Files.exists(directory)) {
                throw new IndexException("cannot read " + file + ": " + OneLine.reason(e), e);
            }
            throw new IndexException(directory + " is not a Seidex index: it is not a directory", e);
        }
        return Settings.read(json, file.toString());
    }

    /** The shard in a directory; null if it has gone since it was listed. */
    private static Shard shard(Path path) throws IOException {
        Path file = path.resolve(Layout.MANIFEST);
        try {
            Manifest manifest = Manifest.read(Files.readAllBytes(file), file.toString());
            return new Shard(path, manifest, Identifiers.small(path));
        } catch (NoSuchFileException e) {
            if (!Files.exists(path)) {
                return null;
            }
            throw new IndexException(
                    file + " is missing: remove the directory " + path + " and run 'seidex index' again", e);
        } catch (IndexException e) {
            throw new IndexException(
                    e.getMessage() + "; remove the directory " + path + " and run 'seidex index' again", e);
        } catch (IOException e) {
            throw new IndexException("cannot read " + file + ": " + OneLine.reason(e), e);
        }
    }

    private static List<IndexedCapture> captures(List<Shard> shards) {
        Map<String, List<ShardPart>> parts = new HashMap<>();
        Map<String, SortedSet<String>> paths = new HashMap<>();
        for (Shard shard : shards) {
            Manifest manifest = shard.manifest();
            for (int i = 0; i < manifest.parts().size(); i++) {
                ShardPart part = new ShardPart(shard, i);
                parts.computeIfAbsent(part.capture().id(), id -> new ArrayList<>()).add(part);
            }
            for (Manifest.CaptureRow row : manifest.captures()) {
                paths.computeIfAbsent(row.id(), id -> new TreeSet<>()).addAll(row.paths());
            }
        }
        List<IndexedCapture> captures = new ArrayList<>();
        parts.forEach((id, of) -> captures.add(IndexedCapture.of(id, of, paths.get(id))));
        Collections.sort(captures);
        return List.copyOf(captures);
    }

    public Path directory() {
        return directory;
    }

    public Settings settings() {
        return settings;
    }

    /** The fields that its documents have. */
    public PacketSchema schema() {
        return schema;
    }

    /** The shards that readers see, by name: replaced ones are not among them. */
    public List<Shard> shards() {
        return shards;
    }

    /** The shards that others replace, and that are still there. */
    List<Hidden> hidden() {
        return hidden;
    }

    /** Every part of every capture, in the order of results. */
    public List<ShardPart> parts() {
        return parts;
    }

    /** Every capture that has a part, in the order of results. */
    public List<IndexedCapture> captures() {
        return captures;
    }

    /** What overlays put in the place of single documents. */
    public Overlays overlays() {
        return overlays;
    }

    /** How many documents readers see: those of overlays are in the place of others. */
    public long documents() {
        long documents = 0;
        for (Shard shard : shards) {
            documents += shard.manifest().isOverlay() ? 0 : shard.documents();
        }
        return documents;
    }
}
