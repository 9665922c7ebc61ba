package dev.premortem.source.text;

import java.nio.file.Path;

/**
 * A file of a tree before it is read.
 *
 * @param name relative to the root, after the prefix of the root, with {@code /}
 * @param size in bytes when it was listed
 * @param expected true where its ending or the user says that it is a text of ours: then it is told where it is none
 * @param stamp tells it from the same file changed; {@link Stamp#NONE} where stamps were not taken
 */
public record ListedFile(Path path, String name, long size, boolean expected, Stamp stamp) {
    /**
     * What a file system says of a file and what no program sets back: who changes the content in place and restores the time of the content leaves
     * the time of the change.
     *
     * @param inode its number
     * @param modified when its content changed, nanoseconds since 1970
     * @param changed when anything of it changed ({@code st_ctime}), nanoseconds since 1970
     */
    public record Stamp(long inode, long modified, long changed) {
        /** Not taken. */
        public static final Stamp NONE = new Stamp(0, 0, 0);
    }
}
