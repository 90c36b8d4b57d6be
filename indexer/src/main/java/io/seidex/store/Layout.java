package io.seidex.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Where things are in an index's directory, and how files get there: readable by their owner alone, and on the disk. */
final class Layout {
    static final String SETTINGS = "settings.json";
    static final String MANIFEST = "manifest.json";
    static final String IDENTIFIERS = "identifiers";
    static final String ENDS = "ends";

    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private Layout() {}

    static Path settings(Path index) {
        return index.resolve(SETTINGS);
    }

    static Path lock(Path index) {
        return index.resolve("lock");
    }

    static Path catalog(Path index) {
        return index.resolve("catalog");
    }

    /** The names of the shards whose ends were joined with those of all others. */
    static Path joined(Path index) {
        return index.resolve("joined");
    }

    static Path temporary(Path index) {
        return index.resolve("tmp");
    }

    static Path shards(Path index) {
        return index.resolve("shards");
    }

    static Path shard(Path index, String name) {
        return shards(index).resolve(name);
    }

    static Path standardInput(Path index) {
        return index.resolve("stdin");
    }

    /** Names of all published shards, sorted. What is hidden is not ours: file managers leave such things. */
    static List<String> shardNames(Path index) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(shards(index))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException e) {
            throw new IndexException("cannot read " + shards(index) + ": " + OneLine.reason(e), e);
        }
        Collections.sort(names);
        return names;
    }

    /** What is in a directory. */
    static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    /** Makes a directory, and those above it that are missing. */
    static void createDirectories(Path directory) throws IOException {
        if (isPosix(directory)) {
            FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY);
            Files.createDirectories(directory, ownerOnly);
        } else {
            Files.createDirectories(directory);
        }
    }

    /** Writes a file and waits until it is on the disk. */
    static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        ownerOnly(file);
        sync(file);
    }

    /** Takes the rights of everybody else from a file or directory. */
    static void ownerOnly(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(Files.isDirectory(path) ? OWNER_DIRECTORY : OWNER_FILE);
        }
    }

    /** Waits until a file, or the names in a directory, are on the disk. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a directory and everything below it. */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    delete(entry);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
