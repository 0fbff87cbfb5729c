/**
 * YAML files of the user's, read so that every error names the line and what was probably meant.
 */
@NullMarked
package io.sentimentstreams.yaml;

import org.jspecify.annotations.NullMarked;
