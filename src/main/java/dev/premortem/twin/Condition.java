package dev.premortem.twin;

import org.jspecify.annotations.Nullable;

/**
 * Something that holds or does not. Its name is the reference of its thing and, where a thing has several, an aspect behind {@code #}.
 *
 * @param name {@code link/primary}, {@code cluster/main#control-plane}, {@code zone/example.com#ttl:www}
 */
public record Condition(String name) implements Comparable<Condition> {
    /** The main condition of a thing. */
    public static Condition of(String reference) {
        return new Condition(reference);
    }

    /** One aspect of a thing. */
    public static Condition of(String reference, String aspect) {
        return new Condition(reference + "#" + aspect);
    }

    /** The reference of its thing. */
    public String thing() {
        int hash = name.indexOf('#');
        return hash < 0 ? name : name.substring(0, hash);
    }

    /** Its aspect, empty for the main condition. */
    public String aspect() {
        int hash = name.indexOf('#');
        return hash < 0 ? "" : name.substring(hash + 1);
    }

    /** The name that conditions of one kind share, whoever asks and whatever it carries: {@code link/backup#packets} for every flow that does not fit. */
    public String family() {
        // Pod and host traffic are cut off together; what is needed is the same for all who need it.
        if (name.startsWith("path/") || aspect().startsWith("from:")) {
            return thing();
        }
        int colon = aspect().indexOf(':');
        return colon < 0 ? plain() : thing() + "#" + aspect().substring(0, colon);
    }

    /** As people write it: {@code link/primary#itself} is told as {@code link/primary}. */
    public String plain() {
        return aspect().equals("itself") ? thing() : name;
    }

    // what a record has by itself goes through method handles, and these are asked all the time

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Condition that && name.equals(that.name));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public int compareTo(Condition other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
