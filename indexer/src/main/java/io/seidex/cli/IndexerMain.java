package io.seidex.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program that writes indexes: {@code seidex index}. */
@Command(name = "seidex", description = "Makes packet captures of mobile cores searchable.",
        subcommands = IndexCommand.class)
public final class IndexerMain {
    /** Done. */
    static final int DONE = 0;
    /** The machine or the program failed. */
    static final int FAILED = 1;
    /** The command line is wrong, or the index is none that can be used. */
    static final int USAGE = 2;
    /** Done, but some input was damaged or unreadable. */
    static final int DAMAGED = 3;

    private IndexerMain() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the command line and says its exit code. */
    static int run(String... args) {
        return new CommandLine(new IndexerMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(IndexerMain::usage)
                .execute(args);
    }

    private static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = e.getMessage().strip().replace(System.lineSeparator(), " ");
        command.getErr().println(name + ": " + message + " ('" + name + " --help' says more)");
        return USAGE;
    }
}
