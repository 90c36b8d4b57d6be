package io.seidex.query.filter;

import io.seidex.query.filter.Filter.Element;
import io.seidex.query.filter.Filter.Literal;
import io.seidex.query.filter.Filter.Name;
import io.seidex.query.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the part of Wireshark's display-filter language that this program answers.
 * <pre>
 *  filter = and { ("||" | "or") and }
 *  and    = not { ("&amp;&amp;" | "and") not }
 *  not    = { "!" | "not" } test
 *  test   = "(" filter ")"
 *         | name
 *         | name ("==" | "!=" | "&lt;" | "&lt;=" | ">" | ">=") value
 *         | name "contains" value
 *         | name ["not"] "in" "{" value [".." value] { "," value [".." value] } "}"
 * </pre>
 */
public final class FilterParser {
    private static final int MAX_DEPTH = 256;

    private final List<Token> tokens;
    private int next;
    private int depth;

    private FilterParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The tree of a text. An empty text is {@link Filter.Everything}. */
    public static Filter parse(String text) throws FilterException {
        FilterParser parser = new FilterParser(FilterLexer.tokens(text));
        if (parser.token().kind() == Kind.END) {
            return new Filter.Everything();
        }
        Filter filter = parser.or();
        Token rest = parser.token();
        if (rest.kind() != Kind.END) {
            throw parser.unexpected(rest);
        }
        return filter;
    }

    private Filter or() throws FilterException {
        List<Filter> terms = new ArrayList<>(List.of(and()));
        while (accept(Kind.OR)) {
            terms.add(and());
        }
        return terms.size() == 1 ? terms.getFirst() : new Filter.Or(terms);
    }

    private Filter and() throws FilterException {
        List<Filter> terms = new ArrayList<>(List.of(not()));
        while (accept(Kind.AND)) {
            terms.add(not());
        }
        return terms.size() == 1 ? terms.getFirst() : new Filter.And(terms);
    }

    private Filter not() throws FilterException {
        boolean negated = false;
        while (accept(Kind.NOT)) {
            negated = !negated;
        }
        Filter test = test();
        return negated ? new Filter.Not(test) : test;
    }

    private Filter test() throws FilterException {
        Token token = take();
        if (token.kind() == Kind.OPEN) {
            if (++depth > MAX_DEPTH) {
                throw new FilterException("more than " + MAX_DEPTH + " parentheses in one another", token.at(), 1);
            }
            Filter inner = or();
            expect(Kind.CLOSE, "a closing parenthesis");
            depth--;
            return inner;
        }
        if (token.kind() != Kind.WORD) {
            throw token.kind() == Kind.STRING ? wrong(token, "a field or a protocol must stand here")
                    : unexpected(token);
        }
        if (token().kind() == Kind.OPEN) {
            throw wrong(token, "functions are not supported");
        }
        Name name = new Name(token.text(), token.at());
        return switch (token().kind()) {
            case EQUAL -> comparison(name, Operator.EQUAL);
            case NOT_EQUAL -> comparison(name, Operator.NOT_EQUAL);
            case LESS -> comparison(name, Operator.LESS);
            case AT_MOST -> comparison(name, Operator.AT_MOST);
            case GREATER -> comparison(name, Operator.GREATER);
            case AT_LEAST -> comparison(name, Operator.AT_LEAST);
            case CONTAINS -> comparison(name, Operator.CONTAINS);
            case IN -> membership(name);
            case NOT -> {
                Token not = take();
                if (token().kind() != Kind.IN) {
                    throw unexpected(not);
                }
                yield new Filter.Not(membership(name));
            }
            case WORD, STRING, OPEN, CLOSE, OPEN_SET, CLOSE_SET, COMMA, RANGE, AND, OR, UNSUPPORTED, END ->
                    new Filter.Present(name);
        };
    }

    private Filter comparison(Name name, Operator operator) throws FilterException {
        take();
        Literal literal = literal();
        switch (token().kind()) {
            case EQUAL, NOT_EQUAL, LESS, AT_MOST, GREATER, AT_LEAST, CONTAINS ->
                    throw wrong(token(), "chained comparisons are not supported; join two with &&");
            default -> {
                return new Filter.Comparison(name, operator, literal);
            }
        }
    }

    private Filter membership(Name name) throws FilterException {
        take();
        expect(Kind.OPEN_SET, "a set such as {1, 2, 5..9}");
        List<Element> elements = new ArrayList<>();
        do {
            Literal first = literal();
            elements.add(new Element(first, accept(Kind.RANGE) ? literal() : first));
        } while (accept(Kind.COMMA));
        expect(Kind.CLOSE_SET, "a comma or a closing brace");
        return new Filter.Membership(name, elements);
    }

    private Literal literal() throws FilterException {
        Token token = take();
        return switch (token.kind()) {
            case WORD -> {
                if (token().kind() == Kind.OPEN && token().at() == token.at() + token.length()) {
                    throw wrong(token, "functions are not supported");
                }
                yield new Literal(token.text(), false, token.at(), token.length());
            }
            case STRING -> new Literal(token.text(), true, token.at(), token.length());
            default -> throw unexpected(token);
        };
    }

    private Token token() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean accept(Kind kind) {
        if (token().kind() != kind) {
            return false;
        }
        next++;
        return true;
    }

    private void expect(Kind kind, String what) throws FilterException {
        if (!accept(kind)) {
            Token token = token();
            throw token.kind() == Kind.UNSUPPORTED ? unexpected(token)
                    : wrong(token, token.kind() == Kind.END ? "the filter ends where " + what + " must stand"
                            : what + " must stand here");
        }
    }

    private FilterException unexpected(Token token) {
        return switch (token.kind()) {
            case END -> wrong(token, "the filter ends too early");
            case UNSUPPORTED -> wrong(token, unsupported(token.text()));
            default -> wrong(token, "\"" + token.text() + "\" was unexpected here");
        };
    }

    private static String unsupported(String sign) {
        return switch (sign) {
            case "matches" -> sign + " is not supported";
            case "~" -> "~ (matches) is not supported";
            case "any", "all" -> "the quantifier " + sign + " is not supported";
            case "===", "all_eq" -> sign + " (all are equal) is not supported";
            case "!==", "~=", "any_ne" -> sign + " (any is not equal) is not supported; != holds if all differ";
            case "&", "bitand", "bitwise_and" -> sign + " (bitwise and) is not supported; write && for a logical and";
            case "[", "]" -> "slices are not supported";
            case "#" -> "# (the layer's number) is not supported";
            case "$" -> "macros and field references are not supported";
            case "^", "xor" -> "exclusive or is not supported";
            default -> "arithmetic is not supported";
        };
    }

    private static FilterException wrong(Token token, String message) {
        return new FilterException(message, token.at(), token.length());
    }
}
