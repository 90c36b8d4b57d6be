package io.seidex.query.filter;

/** How a field is compared with a value. The field's every occurrence is asked. */
public enum Operator {
    /** Some occurrence is equal. */
    EQUAL("=="),
    /** The field occurs, and no occurrence is equal. */
    NOT_EQUAL("!="),
    /** Some occurrence is less. */
    LESS("<"),
    /** Some occurrence is less or equal. */
    AT_MOST("<="),
    /** Some occurrence is greater. */
    GREATER(">"),
    /** Some occurrence is greater or equal. */
    AT_LEAST(">="),
    /** Some occurrence has the octets of the value in a row. */
    CONTAINS("contains");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    @Override
    public String toString() {
        return sign;
    }
}
