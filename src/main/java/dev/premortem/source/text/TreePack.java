package dev.premortem.source.text;

import dev.premortem.fact.Tree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What many files parsed to, in one piece of bytes, so that a second run need not parse what did not change. A file is found by its name and
 * the hash of its content. Field paths are not kept: they follow from the shape of the tree.
 */
public final class TreePack {
    /** Changes whenever the same text parses to something else, or the bytes mean something else. */
    static final int VERSION = 1;

    static final int MAGIC = 0x504D5450;
    static final int HEAD = 12;

    /**
     * What one file parsed to.
     *
     * @param hash of the file's bytes
     */
    public record Kept(String file, byte[] hash, List<Part> parts) {}

    /**
     * One document of a file, or an item of a list in it.
     *
     * @param index place of its document among those of the file
     */
    public record Part(int index, Tree tree) {}

    private record Place(int hash, int from, int to) {}

    private final byte[] bytes;
    private final String[] table;
    private final FieldPath root = new FieldPath("");
    private final Map<String, Place> places;

    private TreePack(byte[] bytes, String[] table, Map<String, Place> places) {
        this.bytes = bytes;
        this.table = table;
        this.places = places;
    }

    /** A pack that holds nothing. */
    public static TreePack empty() {
        return new TreePack(new byte[0], new String[0], Map.of());
    }

    /** The bytes of a pack; what cannot be kept exactly is left out. */
    public static byte[] bytes(List<Kept> files) {
        return new TreeWriter().write(files);
    }

    /** Opens the bytes of a pack; empty where they are none, of another version, cut off or damaged. */
    public static Optional<TreePack> open(byte[] bytes) {
        if (bytes.length < HEAD) {
            return Optional.empty();
        }
        TreeReader in = new TreeReader(bytes, 0, bytes.length, new String[0], new FieldPath(""));
        if (in.int4() != MAGIC || in.int4() != VERSION || in.int4() != checksum(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(opened(bytes, in));
        } catch (TreeReader.Damaged e) {
            return Optional.empty(); // then it is as if there were none
        }
    }

    private static TreePack opened(byte[] bytes, TreeReader in) throws TreeReader.Damaged {
        String[] table = new String[in.count()];
        for (int i = 0; i < table.length; i++) {
            table[i] = in.text(in.count());
        }
        Map<String, Place> places = new HashMap<>();
        for (int files = in.count(); files > 0; files--) {
            String name = in.text(in.count());
            int hash = in.skip(TreeWriter.HASH);
            int length = in.count();
            int from = in.skip(length);
            places.put(name, new Place(hash, from, from + length));
        }
        return new TreePack(bytes, table, places);
    }

    static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, HEAD, bytes.length - HEAD);
        return (int) sum.getValue();
    }

    /** How many files are in it. */
    public int size() {
        return places.size();
    }

    /** True where the pack was made with this content of the file, also where it could not be kept. */
    public boolean knows(String file, byte[] hash) {
        Place place = places.get(file);
        return place != null && Arrays.equals(bytes, place.hash, place.hash + hash.length, hash, 0, hash.length);
    }

    /** What a file parsed to when it had this content; empty where that is not known. */
    public Optional<List<Part>> find(String file, byte[] hash) {
        Place place = places.get(file);
        if (place == null || place.from == place.to || !knows(file, hash)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TreeReader(bytes, place.from, place.to, table, root).parts(file));
        } catch (TreeReader.Damaged e) {
            return Optional.empty(); // then it is parsed again
        }
    }
}
