/** The command line of the indexer. A command is arguments; the work is elsewhere. */
package io.seidex.cli;
