package dev.premortem.source.render;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that were read, by name, as renderers need them: nothing is read from disk a second time, so links, limits and edits count for
 * renderers too.
 *
 * @param texts text of each file, templates too; none that holds a private key
 * @param archives bytes of each packed chart ({@code .tgz})
 */
public record FileTree(SortedMap<String, String> texts, SortedMap<String, byte[]> archives) {
    /** No files. */
    public static final FileTree EMPTY = new FileTree(Collections.emptySortedMap(), Collections.emptySortedMap());

    /** The same with some texts in place of others. */
    public FileTree with(SortedMap<String, String> changed) {
        SortedMap<String, String> all = new TreeMap<>(texts);
        all.putAll(changed);
        return new FileTree(all, archives);
    }
}
