/** Kubernetes objects, plain or of the custom kinds that we know. */
@NullMarked
package dev.premortem.source.kubernetes;

import org.jspecify.annotations.NullMarked;
