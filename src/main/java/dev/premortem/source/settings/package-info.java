/** What a repository says about how it wants to be checked: {@code .premortem.yaml}. Main type: {@link dev.premortem.source.settings.Settings}. */
@NullMarked
package dev.premortem.source.settings;

import org.jspecify.annotations.NullMarked;
