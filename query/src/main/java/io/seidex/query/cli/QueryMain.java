package io.seidex.query.cli;

import io.seidex.dictionary.DictionaryException;
import io.seidex.store.IndexException;
import io.seidex.store.OneLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The program that reads indexes: {@code seidex query}, {@code show}, {@code fields}, {@code info}. */
@Command(
        name = "seidex",
        description = "Searches indexes of packet captures of mobile cores.",
        versionProvider = QueryMain.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class QueryMain {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this and exit.")
    boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version and exit.")
    boolean version;

    private QueryMain() {}

    public static void main(String[] args) {
        System.exit(run(new StandardOutput(), System.err, args));
    }

    /** Runs a command line and answers its exit code. Closes nothing. */
    public static int run(OutputStream out, PrintStream err, String... args) {
        Terminal terminal = new Terminal(out, err);
        CommandLine commands = new CommandLine(new QueryMain());
        // To look into the options of a command takes longer than to answer a query: the one that is meant is enough.
        switch (args.length == 0 ? "" : args[0]) {
            case "query" -> commands.addSubcommand(new QueryCommand(terminal));
            case "fields" -> commands.addSubcommand(new FieldsCommand(terminal));
            case "show" -> commands.addSubcommand(new ShowCommand(terminal));
            case "info" -> commands.addSubcommand(new InfoCommand(terminal));
            default -> {
                commands.addSubcommand(new QueryCommand(terminal));
                commands.addSubcommand(new ShowCommand(terminal));
                commands.addSubcommand(new FieldsCommand(terminal));
                commands.addSubcommand(new InfoCommand(terminal));
            }
        }
        PrintWriter words = new PrintWriter(out, true, StandardCharsets.UTF_8);
        commands.setOut(words);
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        commands.setParameterExceptionHandler((e, _) -> wrongUsage(e, terminal));
        commands.setExecutionExceptionHandler((e, _, _) -> failure(e, terminal));
        if (args.length == 0) {
            commands.usage(words);
            return ExitCode.USAGE;
        }
        int code = commands.execute(args);
        words.flush();
        return code;
    }

    private static int wrongUsage(ParameterException e, Terminal terminal) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.say(e.getMessage().strip().replace('\n', ' ') + "; see: " + command + " --help");
        return ExitCode.USAGE;
    }

    private static int failure(Exception e, Terminal terminal) {
        return switch (e) {
            case StandardOutput.ClosedException _ -> ExitCode.DONE;
            case IndexException unusable -> {
                terminal.say(unusable.getMessage());
                yield ExitCode.USAGE;
            }
            case DictionaryException other -> {
                terminal.say("a dictionary of the index is not understood: " + other.getMessage());
                yield ExitCode.USAGE;
            }
            case IOException machine -> {
                terminal.say(OneLine.of(machine));
                yield ExitCode.FAILED;
            }
            default -> {
                terminal.say("a defect of the program: " + e);
                e.printStackTrace(terminal.err());
                yield ExitCode.FAILED;
            }
        };
    }

    /** The version that the build wrote into the program's own archive. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = QueryMain.class.getPackage().getImplementationVersion();
            return new String[] {"seidex " + (version == null ? "(not packaged)" : version)};
        }
    }
}
