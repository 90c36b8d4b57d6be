package io.seidex.store;

import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies of the manifests in one file, so that an index of many captures opens quickly. It is a cache: a published shard
 * never changes, so a copy is right as long as its shard exists; what is not in it is read from the shard; a catalog that is
 * missing or broken is as good as an empty one.
 *
 * <pre>
 *  octets  0-7    "SEIDEX C"
 *          8-11   format 3, number of layers, number of faults
 *         12-15   CRC-32C of what follows
 *         16-     for each shard the manifest, as {@link ManifestOctets} writes it; the length of what follows; the shard's
 *                 {@link Identifiers}, if they are small
 * </pre>
 */
final class Catalog {
    private static final long MAGIC = 0x5345_4944_4558_2043L;
    /** Layers and faults are written as their ordinals: a catalog of a program with others is no use. */
    private static final int FORMAT = 4 << 16 | Layer.count() << 8 | Fault.count();

    private final Map<String, Shard> shards;

    private Catalog(Map<String, Shard> shards) {
        this.shards = shards;
    }

    static Catalog read(Path index) {
        Map<String, Shard> shards = new HashMap<>();
        try {
            ByteBuffer file = Sealed.content(Files.readAllBytes(Layout.catalog(index)), MAGIC, FORMAT);
            while (file != null && file.hasRemaining()) {
                Manifest manifest = ManifestOctets.read(file);
                byte[] identifiers = new byte[file.getInt()];
                file.get(identifiers);
                Path path = Layout.shard(index, manifest.name());
                shards.put(manifest.name(), new Shard(path, manifest, identifiers));
            }
        } catch (IOException | RuntimeException e) {
            // As good as none: every manifest is read from its shard.
            shards.clear();
        }
        return new Catalog(shards);
    }

    /** The shard of a name; null if there is no copy. */
    Shard shard(String name) {
        return shards.get(name);
    }

    Set<String> names() {
        return shards.keySet();
    }

    /** Writes the catalog of these shards in the place of the one that is there. */
    static void write(Path index, List<Shard> shards) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.write(new byte[Sealed.HEADER]);
            for (Shard shard : shards) {
                ManifestOctets.write(shard.manifest(), out);
                byte[] identifiers = Identifiers.small(shard.path());
                out.writeInt(identifiers.length);
                out.write(identifiers);
            }
        }
        byte[] file = octets.toByteArray();
        Sealed.seal(file, MAGIC, FORMAT);
        Path written = Layout.temporary(index).resolve("catalog");
        Layout.write(written, file);
        Files.move(written, Layout.catalog(index), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
