package io.seidex.query.cli;

import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.DictionaryException;
import io.seidex.dictionary.DictionaryFile;
import io.seidex.schema.PacketSchema;
import io.seidex.store.OneLine;
import io.seidex.store.PacketIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What a command knows besides the built-in dictionaries: what its index was made with, and what {@code --dictionary} adds.
 * Made into dictionaries when these are asked for, once: most commands need none.
 */
final class KnownDictionaries implements Supplier<Dictionaries> {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(names = "--dictionary", paramLabel = "FILE",
            description = "Elements, messages and protocols to know besides the built-in ones and those that the index was"
                    + " made with; may be given several times: what is said last holds. What is indexed stays as it is.")
    List<Path> files = List.of();

    private PacketIndex index;
    private Dictionaries known;

    /**
     * Reads the files, if there are any, so that what is wrong with them is told before anything else is done.
     *
     * @param index what it was made with is known too, and the files may refer to it; null: there is none
     */
    void of(PacketIndex index) {
        this.index = index;
        if (!files.isEmpty()) {
            get();
        }
    }

    @Override
    public Dictionaries get() {
        if (known == null) {
            Dictionaries indexed = index == null ? Dictionaries.builtIn() : index.settings().dictionaries();
            known = files.isEmpty() ? indexed : extended(indexed);
        }
        return known;
    }

    /** The fields of the index; without one, those that an index would have for which all this is known. */
    PacketSchema schema() {
        return index != null ? index.schema() : PacketSchema.of(get().declared());
    }

    private Dictionaries extended(Dictionaries indexed) {
        try {
            Dictionaries extended = indexed.extendedBy(DictionaryFile.read(files));
            PacketSchema.check(extended);
            return extended;
        } catch (DictionaryException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--dictionary: " + OneLine.of(e));
        }
    }
}
