/** Helm releases and the meaning of the values of two charts: Traefik and Cilium. */
@NullMarked
package dev.premortem.source.chart;

import org.jspecify.annotations.NullMarked;
