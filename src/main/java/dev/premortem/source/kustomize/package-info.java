/** Kustomizations to objects, through a kustomize on the search path, with the place of every value: {@link dev.premortem.source.kustomize.Kustomizations}. */
@NullMarked
package dev.premortem.source.kustomize;

import org.jspecify.annotations.NullMarked;
