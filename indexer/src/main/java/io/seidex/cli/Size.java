package io.seidex.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of octets, as {@code 512M} or {@code 2g}: K, M, G, T are powers of 1024. */
record Size(long octets) {
    private static final String UNITS = "KMGT";

    static final class Converter implements ITypeConverter<Size> {
        @Override
        public Size convert(String text) {
            String digits = text;
            long factor = 1;
            int unit = text.isEmpty() ? -1 : UNITS.indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
            if (unit >= 0) {
                digits = text.substring(0, text.length() - 1);
                factor = 1L << 10 * (unit + 1);
            }
            try {
                long octets = Math.multiplyExact(Long.parseLong(digits), factor);
                if (octets > 0) {
                    return new Size(octets);
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // Told below.
            }
            throw new TypeConversionException("'" + text + "' is not a size such as 512M or 4G");
        }
    }
}
