package dev.premortem.source.render;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.List;

/**
 * A kustomization to be built.
 *
 * @param place where it is asked for
 * @param folder folder with the {@code kustomization.yaml}
 * @param additions fields of a kustomization around it, as a Flux Kustomization adds ({@code patches}, {@code images}, {@code namespace}…)
 */
public record OverlayJob(Declared place, String folder, List<Tree.Entry> additions) {}
