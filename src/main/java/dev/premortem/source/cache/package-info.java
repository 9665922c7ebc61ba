/** What was costly to make is kept by the hash of what it was made from: {@link dev.premortem.source.cache.ContentCache}. */
@NullMarked
package dev.premortem.source.cache;

import org.jspecify.annotations.NullMarked;
