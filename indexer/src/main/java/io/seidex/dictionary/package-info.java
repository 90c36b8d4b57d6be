/**
 * What does this message or element look like? Text dictionaries, one per protocol.
 */
package io.seidex.dictionary;
