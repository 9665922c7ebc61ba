@NullMarked
package dev.premortem.source.catalog;

import org.jspecify.annotations.NullMarked;
