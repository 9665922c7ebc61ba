/** The estate's skeleton in the twin: sites, links, routing, placement, services, routes and products, on which every mechanism hangs what it knows. Main type: {@link dev.premortem.model.Sketch}. */
@NullMarked
package dev.premortem.model;

import org.jspecify.annotations.NullMarked;
