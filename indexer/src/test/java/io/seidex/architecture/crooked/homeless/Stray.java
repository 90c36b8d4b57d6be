package io.seidex.architecture.crooked.homeless;

/** Lives in a package that the line does not name. */
public final class Stray {}
