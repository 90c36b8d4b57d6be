package io.seidex.store;

import io.seidex.octets.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An index that this program may write, alone: the operating system's lock on it is held until {@link #close()}, and is
 * gone with the process whatever happens to it.
 *
 * <p>A shard is built in the directory that {@link #begin} makes, and appears by {@link #publish}: everything is on the disk
 * before the one rename, and the rename is on the disk before it returns. Several threads may build and publish.
 */
public final class WritableIndex implements AutoCloseable {
    private static final long LOCK_RETRY_MILLIS = 100;
    /** So many manifests that are not in the catalog are read one by one before anybody notices. */
    private static final long TOLERATED = 32;
    private static final Duration REPLACED_STAYS = Duration.ofDays(1);

    private static final Set<String> OWN_NAMES = Set.of(Layout.SETTINGS, "lock", "tmp", "shards", "catalog", "stdin",
            "joined");

    private final Path directory;
    private final Settings settings;
    private final FileChannel lockFile;

    private WritableIndex(Path directory, Settings settings, FileChannel lockFile) {
        this.directory = directory;
        this.settings = settings;
        this.lockFile = lockFile;
    }

    /**
     * Opens an index for writing, or makes one. Waits as long as another program writes it.
     *
     * @param asked the settings of a new index; an index that is there must have the same, or dictionaries where none are
     *     asked for: it knows its own
     * @param waiting is told, once, if it must wait
     * @throws IndexException if the directory holds something else, or an index with other settings
     */
    public static WritableIndex open(Path directory, Settings asked, Consumer<String> waiting) throws IOException {
        refuseForeign(directory);
        Layout.createDirectories(directory);
        FileChannel lockFile = lock(directory, waiting);
        try {
            if (!Files.exists(Layout.settings(directory))) {
                create(directory, asked);
            }
            Settings made = PacketIndex.settings(directory);
            boolean knowsItsOwn = asked.dictionaryFiles().isEmpty() && !made.dictionaryFiles().isEmpty();
            List<String> differences =
                    made.differences(knowsItsOwn ? asked.withDictionaryFiles(made.dictionaryFiles()) : asked);
            if (!differences.isEmpty()) {
                throw new IndexException(directory + " was made with other settings: " + String.join("; ", differences)
                        + "; index into a new directory, or ask for the same");
            }
            Layout.delete(Layout.temporary(directory));
            Layout.createDirectories(Layout.temporary(directory));
            if (!Layout.shardNames(directory).containsAll(Catalog.read(directory).names())) {
                // Somebody removed a shard. One of the same name may come, and the copy would not be of that.
                Layout.delete(Layout.catalog(directory));
            }
            return new WritableIndex(directory, made, lockFile);
        } catch (Throwable e) {
            lockFile.close();
            throw e;
        }
    }

    public Path directory() {
        return directory;
    }

    public Settings settings() {
        return settings;
    }

    /** What is published now. */
    public PacketIndex read() throws IOException {
        return PacketIndex.open(directory);
    }

    /** An empty directory to build a shard in, on the same file system as the published ones. */
    public Path begin(String name) throws IOException {
        Path path = Layout.temporary(directory).resolve(name);
        Layout.delete(path);
        Layout.createDirectories(path);
        return path;
    }

    /** Throws away what was built. */
    public void abandon(Path built) throws IOException {
        Layout.delete(built);
    }

    /**
     * Makes a shard visible that was built in {@code built}, whose files are on the disk.
     *
     * @return false if a shard of that name is there already: this attempt is thrown away
     */
    public boolean publish(Path built, Manifest manifest) throws IOException {
        Layout.write(built.resolve(Layout.MANIFEST), manifest.toJson());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(built)) {
            for (Path file : files) {
                Layout.ownerOnly(file);
            }
        }
        Layout.sync(built);
        Path place = Layout.shard(directory, manifest.name());
        try {
            Files.move(built, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(place.resolve(Layout.MANIFEST))) {
                throw e;
            }
            abandon(built);
            return false;
        }
        Layout.sync(Layout.shards(directory));
        return true;
    }

    /**
     * Removes overlays that later ones replaced more than a day ago. Till then they stay, for readers that began before and
     * may still open them; who has them open goes on reading. The oldest go first, so that none comes to light again.
     */
    public void removeReplaced() throws IOException {
        List<PacketIndex.Hidden> replaced = new ArrayList<>(read().hidden());
        replaced.removeIf(each -> !each.shard().manifest().isOverlay());
        replaced.sort(Comparator.comparingLong(each -> each.shard().manifest().sequence()));
        Instant old = Instant.now().minus(REPLACED_STAYS);
        for (PacketIndex.Hidden each : replaced) {
            if (Files.getLastModifiedTime(each.by().path().resolve(Layout.MANIFEST)).toInstant().isAfter(old)) {
                return;
            }
            // It goes with one rename, as it came.
            Path away = begin(each.shard().name()).resolve("removed");
            Files.move(each.shard().path(), away, StandardCopyOption.ATOMIC_MOVE);
            Layout.sync(Layout.shards(directory));
            abandon(away.getParent());
        }
    }

    /** The shards whose ends were joined, as {@link #joined(Collection)} was told; a cache that may be lost. */
    Set<String> joined() throws IOException {
        try {
            return new HashSet<>(Files.readAllLines(Layout.joined(directory)));
        } catch (NoSuchFileException | MalformedInputException e) {
            return Set.of();
        }
    }

    /** Keeps which shards need not be looked at again before there are others. */
    void joined(Collection<String> names) throws IOException {
        Path written = Layout.temporary(directory).resolve("joined");
        Layout.write(written, String.join("\n", new TreeSet<>(names)).getBytes(StandardCharsets.UTF_8));
        Files.move(written, Layout.joined(directory), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Copies the manifests of all shards into the catalog, if it lacks so many that readers would notice: to write it after
     * each of ten thousand small runs would be more work than the runs.
     */
    public void refreshCatalog() throws IOException {
        List<Shard> shards = read().shards();
        Set<String> copied = Catalog.read(directory).names();
        long missing = shards.stream()
                .filter(shard -> !copied.contains(shard.name()))
                .count();
        Set<String> names = shards.stream().map(Shard::name).collect(Collectors.toSet());
        if (missing > Math.min(TOLERATED, copied.size() / 16) || !names.containsAll(copied)) {
            Catalog.write(directory, shards);
        }
    }

    /**
     * Keeps what a stream holds, up to its end, as a capture of the name {@code -}: results are decoded from it again. The
     * same content is kept once.
     */
    public Path keep(InputStream stream) throws IOException {
        Path written = begin("stdin").resolve("-");
        try (OutputStream out = Files.newOutputStream(written, StandardOpenOption.CREATE_NEW)) {
            stream.transferTo(out);
        }
        Layout.ownerOnly(written);
        Layout.sync(written);
        Layout.sync(written.getParent());
        String digest;
        try (Octets octets = Octets.map(written)) {
            digest = RangeDigest.of(octets, 0, octets.length());
        }
        Path kept = Layout.standardInput(directory).resolve(digest);
        if (Files.exists(kept)) {
            abandon(written.getParent());
        } else {
            Layout.createDirectories(kept.getParent());
            Files.move(written.getParent(), kept, StandardCopyOption.ATOMIC_MOVE);
            Layout.sync(kept.getParent());
        }
        return kept.resolve("-");
    }

    /** Throws away what {@link #keep} kept if nothing of it is in the index. */
    public void release(Path kept) throws IOException {
        String path = kept.toString();
        boolean isIndexed = read().captures().stream().anyMatch(capture -> capture.paths().contains(path));
        if (!isIndexed) {
            Layout.delete(kept.getParent());
        }
    }

    /** Lets others write. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** A directory that holds anything else is somebody's, and stays as it is. */
    private static void refuseForeign(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IndexException(directory + " is not a directory: an index needs one of its own");
        }
        if (!Files.exists(directory) || Files.exists(Layout.settings(directory))) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!OWN_NAMES.contains(entry.getFileName().toString())) {
                    throw new IndexException(
                            directory + " is not empty and is not a Seidex index: name another directory");
                }
            }
        } catch (IndexException e) {
            throw e;
        } catch (IOException e) {
            throw new IndexException("cannot read " + directory + ": " + OneLine.reason(e), e);
        }
    }

    private static void create(Path directory, Settings settings) throws IOException {
        Layout.createDirectories(Layout.shards(directory));
        Layout.createDirectories(Layout.temporary(directory));
        Path file = Layout.temporary(directory).resolve(Layout.SETTINGS);
        Layout.write(file, settings.toJson());
        Files.move(file, Layout.settings(directory), StandardCopyOption.ATOMIC_MOVE);
        Layout.sync(directory);
    }

    private static FileChannel lock(Path directory, Consumer<String> waiting) throws IOException {
        Path file = Layout.lock(directory);
        try {
            Files.createFile(file);
            Layout.ownerOnly(file);
        } catch (FileAlreadyExistsException e) {
            // Another program made it.
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            boolean told = false;
            while (!tryLock(channel)) {
                if (!told) {
                    waiting.accept("another program writes " + directory + ": waiting until it is done");
                    told = true;
                }
                Thread.sleep(LOCK_RETRY_MILLIS);
            }
            return channel;
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + file, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** False if it is locked, by another process or by another part of this one. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
