package io.seidex.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A JSON object as it was read, and its members by name and type. Members that nobody asks for are tolerated, so that an
 * older program reads what a newer one wrote as far as the format's number allows.
 */
final class JsonTree {
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(1 << 24)
                    .build())
            .build();

    private final Map<?, ?> members;

    private JsonTree(Map<?, ?> members) {
        this.members = members;
    }

    /** Reads one object; {@code what} names it in the message if it is broken. */
    static JsonTree read(byte[] json, String what) throws IndexException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            Object value = value(parser);
            if (value instanceof Map<?, ?> map && parser.nextToken() == null) {
                return new JsonTree(map);
            }
            throw new IndexException(what + " is broken: it is not one JSON object");
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ": line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
            throw new IndexException(what + " is broken" + place + ": " + e.getOriginalMessage(), e);
        } catch (IndexException e) {
            throw e;
        } catch (IOException e) {
            throw new IndexException(what + " is broken: " + e.getMessage(), e);
        }
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    long number(String name) throws BrokenMember {
        if (members.get(name) instanceof Long value) {
            return value;
        }
        throw new BrokenMember(name, "a whole number");
    }

    /** A number that must be the place of a row in a table of {@code size}. */
    int ordinal(String name, int size) throws BrokenMember {
        long value = number(name);
        if (value < 0 || value >= size) {
            throw new BrokenMember(name, "less than " + size);
        }
        return (int) value;
    }

    /** A number that counts, or is a place. */
    long natural(String name) throws BrokenMember {
        long value = number(name);
        if (value < 0) {
            throw new BrokenMember(name, "a whole number from 0");
        }
        return value;
    }

    int integer(String name) throws BrokenMember {
        long value = number(name);
        if (value != (int) value) {
            throw new BrokenMember(name, "a number of 32 bits");
        }
        return (int) value;
    }

    int natural32(String name) throws BrokenMember {
        long value = natural(name);
        if (value > Integer.MAX_VALUE) {
            throw new BrokenMember(name, "less than 2^31");
        }
        return (int) value;
    }

    boolean flag(String name) throws BrokenMember {
        if (members.get(name) instanceof Boolean value) {
            return value;
        }
        throw new BrokenMember(name, "true or false");
    }

    String text(String name) throws BrokenMember {
        if (members.get(name) instanceof String value) {
            return value;
        }
        throw new BrokenMember(name, "a text");
    }

    JsonTree object(String name) throws BrokenMember {
        if (members.get(name) instanceof Map<?, ?> value) {
            return new JsonTree(value);
        }
        throw new BrokenMember(name, "an object");
    }

    List<String> texts(String name) throws BrokenMember {
        List<String> texts = new ArrayList<>();
        for (Object element : array(name)) {
            if (!(element instanceof String text)) {
                throw new BrokenMember(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    List<JsonTree> objects(String name) throws BrokenMember {
        List<JsonTree> objects = new ArrayList<>();
        for (Object element : array(name)) {
            if (!(element instanceof Map<?, ?> map)) {
                throw new BrokenMember(name, "a list of objects");
            }
            objects.add(new JsonTree(map));
        }
        return objects;
    }

    List<Long> numbers(String name) throws BrokenMember {
        List<Long> numbers = new ArrayList<>();
        for (Object element : array(name)) {
            if (!(element instanceof Long number)) {
                throw new BrokenMember(name, "a list of whole numbers");
            }
            numbers.add(number);
        }
        return numbers;
    }

    /** A text that names one of a fixed list. */
    <T> T choice(String name, Function<String, T> find) throws BrokenMember {
        T value = find.apply(text(name));
        if (value == null) {
            throw new BrokenMember(name, "known: '" + text(name) + "'");
        }
        return value;
    }

    private List<?> array(String name) throws BrokenMember {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new BrokenMember(name, "a list");
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case null -> null;
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_STRING -> parser.getText();
            default -> null;
        };
    }

    /** A member that is missing or is not what it must be. */
    static final class BrokenMember extends Exception {
        private static final long serialVersionUID = 1;

        BrokenMember(String name, String expected) {
            super("'" + name + "' is missing or is not " + expected);
        }
    }
}
