package io.seidex.query.filter;

import io.seidex.query.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a filter's text into tokens.
 *
 * <p>A word is a run of letters, digits and {@code _ . : / - + @}; two dots end it, since {@code 1..5} is a range. It may
 * begin with a sign if a digit follows. So names, numbers, addresses, times and most paths need no quotes.
 */
final class FilterLexer {
    private final String text;
    private int at;

    private FilterLexer(String text) {
        this.text = text;
    }

    /** The tokens of a text, the last one an {@link Kind#END}. */
    static List<Token> tokens(String text) throws FilterException {
        FilterLexer lexer = new FilterLexer(text);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private Token next() throws FilterException {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Kind.END, "", at, 0);
        }
        char first = text.charAt(at);
        return switch (first) {
            case '(' -> sign(Kind.OPEN, 1);
            case ')' -> sign(Kind.CLOSE, 1);
            case '{' -> sign(Kind.OPEN_SET, 1);
            case '}' -> sign(Kind.CLOSE_SET, 1);
            case ',' -> sign(Kind.COMMA, 1);
            case '"' -> string(at, true);
            case '\'' -> throw new FilterException("character constants are not supported; write the number", at, 1);
            case '=' -> follows("===") ? sign(Kind.UNSUPPORTED, 3) : follows("==") ? sign(Kind.EQUAL, 2)
                    : refuse("= is not an operator; write ==");
            case '!' -> follows("!==") ? sign(Kind.UNSUPPORTED, 3) : follows("!=") ? sign(Kind.NOT_EQUAL, 2)
                    : sign(Kind.NOT, 1);
            case '<' -> follows("<=") ? sign(Kind.AT_MOST, 2) : sign(Kind.LESS, 1);
            case '>' -> follows(">=") ? sign(Kind.AT_LEAST, 2) : sign(Kind.GREATER, 1);
            case '&' -> follows("&&") ? sign(Kind.AND, 2) : sign(Kind.UNSUPPORTED, 1);
            case '|' -> follows("||") ? sign(Kind.OR, 2) : refuse("| is not an operator; write ||");
            case '~' -> follows("~=") ? sign(Kind.UNSUPPORTED, 2) : sign(Kind.UNSUPPORTED, 1);
            case '*', '%', '[', ']', '#', '$', '^' -> sign(Kind.UNSUPPORTED, 1);
            case '.' -> follows("..") ? sign(Kind.RANGE, 2) : word();
            case '+', '-' ->
                    at + 1 < text.length() && isDigit(text.charAt(at + 1)) ? word() : sign(Kind.UNSUPPORTED, 1);
            case '/' -> word();
            default -> {
                if ((first == 'r' || first == 'R') && follows(first + "\"")) {
                    int from = at++;
                    yield string(from, false);
                }
                yield isWordPart(first) ? word() : refuse("unexpected character");
            }
        };
    }

    private Token sign(Kind kind, int length) {
        Token token = new Token(kind, text.substring(at, at + length), at, length);
        at += length;
        return token;
    }

    private Token word() {
        int from = at++;
        while (at < text.length() && isWordPart(text.charAt(at)) && !follows("..")) {
            at++;
        }
        String word = text.substring(from, at);
        return new Token(keyword(word), word, from, word.length());
    }

    private static Kind keyword(String word) {
        return switch (word) {
            case "and" -> Kind.AND;
            case "or" -> Kind.OR;
            case "not" -> Kind.NOT;
            case "in" -> Kind.IN;
            case "eq", "any_eq" -> Kind.EQUAL;
            case "ne", "all_ne" -> Kind.NOT_EQUAL;
            case "lt" -> Kind.LESS;
            case "le" -> Kind.AT_MOST;
            case "gt" -> Kind.GREATER;
            case "ge" -> Kind.AT_LEAST;
            case "contains" -> Kind.CONTAINS;
            case "matches", "any", "all", "all_eq", "any_ne", "bitand", "bitwise_and", "xor" ->
                    Kind.UNSUPPORTED;
            default -> Kind.WORD;
        };
    }

    /** A quoted text from the quote at {@code at} on; {@code from} is where the token begins. */
    private Token string(int from, boolean escapes) throws FilterException {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return new Token(Kind.STRING, value.toString(), from, at - from);
            }
            value.append(c == '\\' && escapes ? escaped() : c);
        }
        throw new FilterException("the closing quote is missing", from, text.length() - from);
    }

    private char escaped() throws FilterException {
        char c = at < text.length() ? text.charAt(at++) : 0;
        switch (c) {
            case '"', '\\', '\'':
                return c;
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            default:
                throw new FilterException("unknown escape; \\\" \\\\ \\n \\r \\t are known, and r\"…\" has none",
                        at - 2, 2);
        }
    }

    private Token refuse(String message) throws FilterException {
        throw new FilterException(message, at, 1);
    }

    private boolean follows(String sign) {
        return text.startsWith(sign, at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == '_' || c == '.' || c == ':' || c == '/'
                || c == '-' || c == '+' || c == '@';
    }
}
