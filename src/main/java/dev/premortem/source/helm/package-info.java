/**
 * Renders Helm charts of a tree in a process of its own and tells for each rendered value which line set it. {@link dev.premortem.source.helm.HelmCharts}
 * is the way in; nothing here opens a connection, follows a link or writes outside of a temporary folder.
 */
@NullMarked
package dev.premortem.source.helm;

import org.jspecify.annotations.NullMarked;
