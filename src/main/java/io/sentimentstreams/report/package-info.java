/**
 * A trained model on one HTML page: what it was trained on, how well it does, where it errs. The
 * templates are in {@code src/main/jte}.
 */
@NullMarked
package io.sentimentstreams.report;

import org.jspecify.annotations.NullMarked;
