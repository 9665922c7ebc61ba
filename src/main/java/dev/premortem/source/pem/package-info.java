/** Certificates in PEM files, kubeconfigs, Secrets and Traefik's store. */
@NullMarked
package dev.premortem.source.pem;

import org.jspecify.annotations.NullMarked;
