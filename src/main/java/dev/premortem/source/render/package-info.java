/** What is rendered before it can be read: charts and kustomizations. {@link dev.premortem.source.render.Renderers} is the seam to the programs that do it. */
@NullMarked
package dev.premortem.source.render;

import org.jspecify.annotations.NullMarked;
