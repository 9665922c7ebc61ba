/** Files, YAML and JSON to trees with the place of every value. */
@NullMarked
package dev.premortem.source.text;

import org.jspecify.annotations.NullMarked;
