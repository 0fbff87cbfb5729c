/**
 * Text to token ids: tokenizers, vocabulary and the one encoder that training and serving share.
 */
@NullMarked
package io.sentimentstreams.text;

import org.jspecify.annotations.NullMarked;
