package dev.premortem.source.route;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is attached to routes and gateways from outside: Envoy Gateway's SecurityPolicy, which asks a service about every request. https://gateway.envoyproxy.io/docs/api/extension_types/#securitypolicy */
public final class Policies {
    private final Map<String, List<KubernetesObject>> byTarget = new HashMap<>();

    /** Those among all objects. */
    public Policies(Collection<KubernetesObject> objects) {
        for (KubernetesObject object : objects) {
            if (object.kind().equals("SecurityPolicy") && object.apiVersion().startsWith("gateway.envoyproxy.io/")) {
                object.tree().at("spec.targetRef").ifPresent(target -> add(object, target));
                object.tree().items("spec.targetRefs").forEach(target -> add(object, target));
            }
        }
    }

    private void add(KubernetesObject policy, Tree target) {
        String kind = target.text("kind").map(Fact::value).orElse("");
        target.text("name")
                .ifPresent(name -> byTarget.computeIfAbsent(
                                Reference.object(policy.cluster(), policy.namespace(), kind, name.value())
                                        .text(),
                                _ -> new ArrayList<>())
                        .add(policy));
    }

    /** Makes a route need what the policies of a route or gateway ask. */
    void apply(Draft draft, KubernetesObject target) {
        for (KubernetesObject policy : byTarget.getOrDefault(target.reference().text(), List.of())) {
            for (String way : List.of("spec.extAuth.http.", "spec.extAuth.grpc.")) {
                policy.tree().at(way + "backendRef").ifPresent(reference -> asks(draft, reference, policy));
                policy.tree().items(way + "backendRefs").forEach(reference -> asks(draft, reference, policy));
            }
        }
    }

    /** The Service of a reference that an object makes must answer first. */
    static void asks(Draft draft, Tree reference, KubernetesObject from) {
        String namespace = reference.text("namespace").map(Fact::value).orElse(from.namespace());
        reference.text("name").ifPresent(name -> {
            if (name.provenance() instanceof Declared place) {
                draft.need(Reference.object(from.cluster(), namespace, "Service", name.value()), place);
            }
        });
    }
}
