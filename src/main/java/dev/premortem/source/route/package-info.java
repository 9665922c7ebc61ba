/** What leads from a host name to services, of every kind in use. Main type: {@link dev.premortem.source.route.Routes}. */
@NullMarked
package dev.premortem.source.route;

import org.jspecify.annotations.NullMarked;
