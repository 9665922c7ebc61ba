/** Catalogs of software that say what needs what. Main type: {@link dev.premortem.source.catalog.Catalogs}. */
@NullMarked
package dev.premortem.source.catalog;

import org.jspecify.annotations.NullMarked;
