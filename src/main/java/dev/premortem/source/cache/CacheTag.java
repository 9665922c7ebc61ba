package dev.premortem.source.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The tag of folders whose content is made and can be made again: Cache Directory Tagging Specification 0.6, bford.info/cachedir. */
public final class CacheTag {
    /** Name of the file. */
    public static final String NAME = "CACHEDIR.TAG";

    private static final byte[] SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private CacheTag() {}

    /** True where a file is such a tag. */
    public static boolean is(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
        } catch (IOException unreadable) {
            return false; // then what is beside it is told as it is
        }
    }

    /** Tags a folder that is there. */
    static void put(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String text = new String(SIGNATURE, StandardCharsets.US_ASCII)
                + "\n# What premortem keeps between runs. It may be deleted. See https://bford.info/cachedir/\n";
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException another) {
            return; // another run put it there meanwhile
        }
    }
}
