package dev.premortem.estate;

import org.jspecify.annotations.Nullable;

/**
 * The name of a thing, as the contracts spell it: {@code link/primary}, {@code site/toronto}, {@code main/shop/Deployment/cart}.
 *
 * @param text the whole reference
 */
public record Reference(String text) implements Comparable<Reference> {
    public static Reference of(String type, String name) {
        return new Reference(type + "/" + name);
    }

    /** What lives in a namespace of a cluster. */
    public static Reference object(String cluster, String namespace, String kind, String name) {
        return new Reference(cluster + "/" + namespace + "/" + kind + "/" + name);
    }

    /** What lives in a cluster outside of namespaces. */
    public static Reference clusterScoped(String cluster, String kind, String name) {
        return new Reference(cluster + "/" + kind + "/" + name);
    }

    /** The first part: {@code link}, {@code site}, or the cluster of an object. */
    public String head() {
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }

    /** The last part: the bare name. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    // what a record has by itself goes through method handles, and these are asked all the time

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Reference that && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public int compareTo(Reference other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
