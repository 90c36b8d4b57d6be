/**
 * The query program's command line: {@code seidex query}, {@code show}, {@code fields}, {@code info}. Commands
 * are arguments; the work is elsewhere.
 */
package io.seidex.query.cli;
