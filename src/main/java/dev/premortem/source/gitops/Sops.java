package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;

/** Recognises what SOPS encrypted: its own key beside the data, or values that begin as its own do. */
final class Sops {
    private Sops() {}

    static boolean is(Tree tree) {
        return tree.at("sops.mac").isPresent()
                || tree.at("sops.lastmodified").isPresent()
                || tree.scalars()
                        .limit(10_000)
                        .anyMatch(scalar -> scalar.value().startsWith("ENC[AES256_GCM"));
    }
}
