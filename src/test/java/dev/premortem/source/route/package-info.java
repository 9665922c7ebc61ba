@NullMarked
package dev.premortem.source.route;

import org.jspecify.annotations.NullMarked;
