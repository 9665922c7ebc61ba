/** What the deployment of a tree makes of its documents: Flux, Argo CD, helmfile, kustomizations. {@link dev.premortem.source.gitops.Deployment} is the way in. */
@NullMarked
package dev.premortem.source.gitops;

import org.jspecify.annotations.NullMarked;
