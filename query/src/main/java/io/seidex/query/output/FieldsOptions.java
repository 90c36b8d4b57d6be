package io.seidex.query.output;

import java.util.Optional;

/**
 * How {@link FieldsSink} separates and quotes, with tshark's {@code -E} options and defaults.
 *
 * @param bom whether the output begins with a byte order mark
 * @param header whether the first line names the fields
 * @param separator between fields
 * @param occurrence which occurrences of a field: {@code f} the first, {@code l} the last, {@code a} all
 * @param aggregator between the occurrences of a field
 * @param quote around a field that is there; 0 if none
 */
public record FieldsOptions(boolean bom, boolean header, char separator, char occurrence, char aggregator, char quote) {
    /** What tshark does unless it is told otherwise. */
    public static final FieldsOptions STANDARD = new FieldsOptions(false, false, '\t', 'a', ',', (char) 0);

    /** The names of the options, as a message lists them. */
    public static final String NAMES = "bom=y|n header=y|n separator=/t|/s|CHARACTER occurrence=f|l|a "
            + "aggregator=,|/s|CHARACTER quote=d|s|n";

    /** With one option changed; empty if the text is no option. */
    public Optional<FieldsOptions> with(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        char first = value.charAt(0);
        char letter = Character.toLowerCase(first);
        return Optional.ofNullable(switch (name) {
            case "bom" -> isYesOrNo(letter)
                    ? new FieldsOptions(letter == 'y', header, separator, occurrence, aggregator, quote)
                    : null;
            case "header" ->
                    isYesOrNo(letter) ? new FieldsOptions(bom, letter == 'y', separator, occurrence, aggregator, quote)
                            : null;
            case "separator" -> new FieldsOptions(bom, header, character(value), occurrence, aggregator, quote);
            case "occurrence" -> letter == 'f' || letter == 'l' || letter == 'a'
                    ? new FieldsOptions(bom, header, separator, letter, aggregator, quote)
                    : null;
            case "aggregator" -> new FieldsOptions(bom, header, separator, occurrence, character(value), quote);
            case "quote" -> switch (letter) {
                case 'd' -> new FieldsOptions(bom, header, separator, occurrence, aggregator, '"');
                case 's' -> new FieldsOptions(bom, header, separator, occurrence, aggregator, '\'');
                case 'n' -> new FieldsOptions(bom, header, separator, occurrence, aggregator, (char) 0);
                default -> null;
            };
            default -> null;
        });
    }

    private static boolean isYesOrNo(char letter) {
        return letter == 'y' || letter == 'n';
    }

    private static char character(String value) {
        return switch (value) {
            case "/t" -> '\t';
            case "/s" -> ' ';
            default -> value.charAt(0);
        };
    }
}
