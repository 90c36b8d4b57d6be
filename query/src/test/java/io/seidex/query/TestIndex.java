package io.seidex.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.batch.Batch;
import io.seidex.batch.Inputs;
import io.seidex.batch.Report;
import io.seidex.fault.Fault;
import io.seidex.query.cli.QueryMain;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.Settings;
import io.seidex.store.WritableIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Indexes captures and asks the program, all in this process. */
public final class TestIndex {
    private static final long MEMORY = 256L << 20;

    private final Path directory;

    private TestIndex(Path directory) {
        this.directory = directory;
    }

    /** What a run of the program wrote, and its exit code. */
    public record Run(int code, String out, String err) {
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Adds captures to the index in a directory, which is made if it is not there. */
    public static TestIndex of(Path directory, Path... captures) {
        return of(directory, Settings.standard(), captures);
    }

    public static TestIndex of(Path directory, Settings settings, Path... captures) {
        try (WritableIndex index = WritableIndex.open(directory, settings, _ -> {})) {
            new Batch(index, 1, MEMORY, new Silence()).run(Inputs.of(List.of(captures)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new TestIndex(directory);
    }

    /** An index that is there. */
    public static TestIndex at(Path directory) {
        return new TestIndex(directory);
    }

    public Path directory() {
        return directory;
    }

    /** {@code seidex query --index DIR} and more arguments. */
    public Run query(String... arguments) {
        List<String> all = new ArrayList<>(List.of("query", "--index", directory.toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(new String[0]));
    }

    /** Prints fields of the packets that a filter finds. */
    public Run fields(String filter, String... fields) {
        List<String> arguments = new ArrayList<>(List.of("-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        arguments.add(filter);
        return query(arguments.toArray(new String[0]));
    }

    /** As {@link #fields}, of which nothing is to be said. */
    public Run fieldsWithoutAWord(String filter, String... fields) {
        Run run = fields(filter, fields);
        assertEquals("", run.err(), filter);
        assertEquals(0, run.code(), filter);
        return run;
    }

    /** {@code seidex} and its arguments. */
    public static Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = QueryMain.run(out, new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static final class Silence implements Report {
        @Override
        public void damaged(String path, FaultRow row) {}

        @Override
        public void refused(String path, Fault fault, String reason) {}

        @Override
        public void note(String line) {}

        @Override
        public void progress(long octets) {}
    }
}
