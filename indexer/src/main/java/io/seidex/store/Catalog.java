package io.seidex.store;

import java.io.ByteArrayOutputStream;
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
 * Copies of many manifests in one file, so that an index of ten thousand shards opens quickly. It is a cache: a published
 * shard never changes, so a copy is right as long as a shard of that name exists; what it lacks is read from the shard; a
 * catalog that is missing or broken is as good as an empty one.
 *
 * <pre>
 *  octets  0-7    "SEIDEX C"
 *          8-11   format, {@link Manifest#FORMAT}
 *  then for each shard
 *          0-3    length of its manifest
 *          4-     the manifest, as in the shard
 * </pre>
 */
final class Catalog {
    private static final long MAGIC = 0x5345_4944_4558_2043L;

    private final Map<String, Manifest> manifests;

    private Catalog(Map<String, Manifest> manifests) {
        this.manifests = manifests;
    }

    static Catalog read(Path index) {
        Map<String, Manifest> manifests = new HashMap<>();
        try {
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(Layout.catalog(index)));
            if (file.remaining() >= 12 && file.getLong() == MAGIC && file.getInt() == Manifest.FORMAT) {
                while (file.remaining() >= Integer.BYTES) {
                    int length = file.getInt();
                    if (length < 0 || length > file.remaining()) {
                        break;
                    }
                    Manifest manifest = Manifest.read(file.array(), file.position(), length, "catalog");
                    manifests.put(manifest.name(), manifest);
                    file.position(file.position() + length);
                }
            }
        } catch (IOException e) {
            // As good as none: every manifest is read from its shard.
        }
        return new Catalog(manifests);
    }

    /** The manifest of a shard; null if there is no copy. */
    Manifest manifest(String shard) {
        return manifests.get(shard);
    }

    Set<String> names() {
        return manifests.keySet();
    }

    /** Writes the catalog of these shards in the place of the one that is there. */
    static void write(Path index, List<Shard> shards) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(12).putLong(MAGIC).putInt(Manifest.FORMAT).array());
        for (Shard shard : shards) {
            byte[] manifest = shard.manifest().toJson();
            bytes.write(ByteBuffer.allocate(4).putInt(manifest.length).array());
            bytes.write(manifest);
        }
        Path file = Layout.temporary(index).resolve("catalog");
        Layout.write(file, bytes.toByteArray());
        Files.move(file, Layout.catalog(index), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
