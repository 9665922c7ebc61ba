package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Release;
import dev.premortem.estate.Service;
import dev.premortem.estate.Zone;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.ClashingAddresses;
import dev.premortem.model.FloatingAddresses;
import dev.premortem.model.Front;
import dev.premortem.model.Proposal;
import dev.premortem.model.Records;
import dev.premortem.model.SharedOwners;
import dev.premortem.model.Singles;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.TwinBuilder;
import dev.premortem.twin.process.Address;
import dev.premortem.twin.process.Answers;
import dev.premortem.twin.process.Corrector;
import dev.premortem.twin.process.NameAndAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deleting a Service of type LoadBalancer, or the release that owns it, gives its address back. The next one has another, and a record that a person wrote goes on
 * naming the old one. Seen in public: a 15-minute repair that took 90 (the seed traefik-hurried-fix).
 */
@AutoService(Mechanism.class)
public final class LoadBalancerAddress implements Mechanism {
    private static final Duration LONGEST_CACHE = Duration.ofDays(1);

    @Override
    public String id() {
        return "load-balancer-address";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.D;
    }

    @Override
    public Assumption<Duration> diagnosis() {
        return Catalogue.CORRECT_RECORD;
    }

    @Override
    public Optional<String> lacks(Sketch sketch) {
        return sketch.estate().all(Zone.class).isEmpty() ? Optional.of("no DNS zones known") : Optional.empty();
    }

    @Override
    public void contribute(Sketch sketch) {
        List<Singles.Item> floating =
                sketch.simulating() || lacks(sketch).isEmpty() // with zones it is known what the records say
                        ? List.of()
                        : FloatingAddresses.of(sketch);
        if (!floating.isEmpty()) {
            Singles.propose(
                    sketch,
                    id(),
                    Condition.of("estate", "fixed-addresses"),
                    floating,
                    floating.size() == 1
                            ? "one load balancer takes whatever address it gets: made anew, it has another"
                            : floating.size() + " load balancers take whatever address they get: made anew, they have"
                                    + " others");
        }
        if (!sketch.simulating()) {
            clashing(sketch);
            owners(sketch);
        }
        Map<String, Records.Pointing> byRecord = new LinkedHashMap<>();
        Map<String, List<String>> hosts = new LinkedHashMap<>();
        List<Records.Pointing> all = new ArrayList<>(Records.of(sketch));
        sketch.before()
                .ifPresent(before -> Records.of(before).stream()
                        .filter(old -> all.stream()
                                .noneMatch(pointing -> pointing.host().equals(old.host())))
                        .filter(old -> sketch.front().productsByHost().containsKey(old.host()))
                        .forEach(all::add));
        for (Records.Pointing pointing : all) {
            byRecord.putIfAbsent(record(pointing), pointing);
            hosts.computeIfAbsent(record(pointing), _ -> new ArrayList<>()).add(pointing.host());
        }
        byRecord.forEach((record, pointing) -> draw(sketch, record, pointing, hosts.getOrDefault(record, List.of())));
    }

    /** Records that two programs write and delete in turn. */
    private void owners(Sketch sketch) {
        List<Standstill.Item> items = SharedOwners.of(sketch);
        if (items.isEmpty()) {
            return;
        }
        new Standstill(
                        id(),
                        "",
                        "records-of-one-owner",
                        OutageClass.A,
                        new Standstill.Words(
                                "nothing that only one of them knows has a name",
                                "one of them writes a record that the other does not know",
                                "records stay as they were written",
                                "the name comes and goes with the interval of the two",
                                "with the next record"))
                .propose(
                        sketch,
                        items,
                        items.getFirst().why()
                                + (items.size() == 1 ? "" : " (and " + (items.size() - 1) + " more alike)")
                                + ": one deletes what the other wrote");
    }

    /** Addresses that cannot be had: the load balancer is there and nobody reaches it. */
    private void clashing(Sketch sketch) {
        ClashingAddresses.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "addresses-to-be-had",
                                OutageClass.A,
                                new Standstill.Words(
                                        "load balancers keep what they have",
                                        "load balancers get their addresses anew: a rebuild, a restart of their controller",
                                        "load balancers of " + cluster + " get what they ask for",
                                        "it waits for an address until somebody writes another one",
                                        "when addresses are given anew"))
                        .propose(
                                sketch,
                                items,
                                items.getFirst().why()
                                        + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more alike")));
    }

    private static String record(Records.Pointing pointing) {
        return pointing.answer().zone().reference() + "#"
                + pointing.answer().entry().name();
    }

    private void draw(Sketch sketch, String record, Records.Pointing pointing, List<String> hosts) {
        Zone zone = pointing.answer().zone();
        Zone.Entry entry = pointing.answer().entry();
        Service service = pointing.service();
        boolean there = sketch.estate().find(Service.class, service.reference()).isPresent();
        Fact<Duration> ttl = entry.ttlSeconds()
                .map(seconds -> seconds.map(Duration::ofSeconds))
                .orElseGet(() -> sketch.duration(Catalogue.RECORD_TTL));
        Condition exists = exists(sketch, service, there);
        NameAndAddress.Told told = told(sketch, pointing, there, ttl);
        boolean program =
                zone.managedBy().filter(by -> by.value().equals("external-dns")).isPresent();
        Duration negative = zone.negativeTtlSeconds()
                .map(seconds -> Duration.ofSeconds(seconds.value()))
                .orElse(ttl.value());
        sketch.twin()
                .process(new NameAndAddress(
                        "name-and-address " + record,
                        id(),
                        address(sketch, service, entry, exists, there),
                        new Answers(ttl.value(), Duration.ofSeconds(1), LONGEST_CACHE, negative),
                        corrector(sketch, program),
                        told));
        hosts.forEach(host -> sketch.twin().require(sketch.front().host(host), told.served()));
        if (there && !sketch.simulating() && !keeps(sketch, service)) {
            propose(sketch, pointing, program ? told.served() : told.right(), exists);
        }
    }

    private Condition exists(Sketch sketch, Service service, boolean there) {
        Condition exists = Condition.of(service.reference().text(), "exists");
        if (!sketch.twin().defines(exists)) {
            sketch.twin()
                    .basic(
                            exists,
                            there,
                            Meaning.of(
                                    id(),
                                    service.reference() + " exists",
                                    service.reference() + " is deleted, and its load balancer with it",
                                    Evidence.of("Service of type LoadBalancer, no fixed address", service.type())));
        }
        return exists;
    }

    /** What the process writes: the load balancer answers, the record is right, every cache has it. */
    private NameAndAddress.Told told(Sketch sketch, Records.Pointing pointing, boolean there, Fact<Duration> ttl) {
        TwinBuilder twin = sketch.twin();
        Zone.Entry entry = pointing.answer().entry();
        String zone = pointing.answer().zone().reference().text();
        String service = pointing.service().reference().text();
        String full = Front.fullName(pointing.answer().zone(), entry);
        Condition ready = twin.basic(
                Condition.of(service, "address:" + full),
                there,
                Meaning.of(id(), "the load balancer of " + service + " answers", "no load balancer answers"));
        Evidence record = entry.value()
                .map(value -> Evidence.of(full + " " + entry.type() + " " + value.value(), value))
                .orElse(new Evidence(full, entry.place()));
        Condition right = twin.basic(
                Condition.of(zone, "address:" + entry.name()),
                there,
                Meaning.of(
                        id(),
                        full + " points at the load balancer",
                        full + " still names the old address; no program corrects it",
                        record));
        long seconds = ttl.value().toSeconds();
        Condition served = twin.basic(
                Condition.of(zone, "ttl:" + entry.name()),
                there,
                Meaning.of(
                        "dns-cache",
                        "the last cache has the new answer for " + full,
                        "caches keep the old answer for " + full + " for up to " + seconds + " s",
                        Evidence.of("TTL " + seconds + " s", ttl.map(Duration::toSeconds))));
        return new NameAndAddress.Told(ready, right, served, full);
    }

    private static Address address(Sketch sketch, Service service, Zone.Entry entry, Condition exists, boolean there) {
        String present = there ? present(sketch, service, entry) : "";
        Optional<String> pinned = Optional.empty();
        if (sketch.keepsAddresses()) {
            pinned = entry.value().map(Fact::value);
        } else if (keeps(sketch, service) && !present.isEmpty()) {
            pinned = Optional.of(present);
        }
        Duration provisioning = cluster(sketch, service)
                .flatMap(of -> of.loadBalancing().provisioning())
                .map(Fact::value)
                .orElseGet(() -> sketch.duration(Catalogue.LB_PROVISIONING).value());
        String recorded = sketch.simulating() ? entry.value().map(Fact::value).orElse("") : present;
        return new Address(there ? service.reference().text() : "", exists, present, recorded, pinned, provisioning);
    }

    private static Optional<Cluster> cluster(Sketch sketch, Service service) {
        return Optional.ofNullable(sketch.ground().clusters().get(service.cluster()));
    }

    /** True where a load balancer that is made anew has the address of the old one. */
    private static boolean keeps(Sketch sketch, Service service) {
        return service.fixedAddress().isPresent()
                || cluster(sketch, service)
                        .flatMap(of -> of.loadBalancing().keepsAddress())
                        .map(Fact::value)
                        .orElse(false);
    }

    private static Corrector corrector(Sketch sketch, boolean program) {
        if (program) {
            return new Corrector.Program(
                    sketch.duration(Catalogue.EXTERNAL_DNS_INTERVAL).value());
        }
        return sketch.simulating()
                ? new Corrector.Person(sketch.duration(Catalogue.CORRECT_RECORD).value())
                : new Corrector.Nobody();
    }

    /** The address at the beginning: known, or what the record says; a load balancer that a change made has one of its own. */
    private static String present(Sketch sketch, Service service, Zone.Entry entry) {
        if (sketch.made(service.reference())) {
            return sketch.keepsAddresses()
                    ? entry.value().map(Fact::value).orElse("")
                    : "the new address of " + service.reference();
        }
        return service.address()
                .or(() -> entry.value().filter(_ -> !sketch.born(service.reference())))
                .map(Fact::value)
                .orElse("");
    }

    /** The change to try: the Service is deleted and made again, as a renamed or reinstalled release does. */
    private void propose(Sketch sketch, Records.Pointing pointing, Condition pivot, Condition exists) {
        String owner = pivot.aspect().startsWith("ttl") ? "dns-cache" : id();
        Duration gap = sketch.duration(Catalogue.CHANGE_STEP).value().multipliedBy(2);
        Service service = pointing.service();
        Zone.Entry entry = pointing.answer().entry();
        List<Step> prelude = List.of(new Step(
                service.reference().text(),
                "nothing pins the address of the load balancer: a new one has another",
                Optional.empty(),
                List.of(Evidence.of("Service of type " + service.type().value(), service.type()))));
        sketch.propose(new Proposal(
                owner,
                Trigger.Type.CHANGE,
                OutageClass.D,
                pivot,
                List.of(new Proposal.Loss(exists, Duration.ofHours(1), gap)),
                Set.of(),
                Optional.empty(),
                pointing.certain() ? Confidence.LIKELY : Confidence.POSSIBLE,
                "when the load balancer of " + service.namespace() + "/" + service.name()
                        + " is deleted or its release is renamed",
                diagnosis(),
                prelude,
                List.of(
                        new Instance(service.reference().text(), service.place()),
                        new Instance(pointing.answer().zone().reference().text(), entry.place()))));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (Records.Pointing pointing : Records.of(sketch)) {
            String pivot = pointing.answer().zone().reference() + "#address";
            if (outage.pivot().equals(pivot) && remedies.isEmpty()) {
                pin(sketch, pointing).ifPresent(remedies::add);
                ttl(pointing).ifPresent(remedies::add);
            }
        }
        return remedies;
    }

    private static Optional<Remedy> pin(Sketch sketch, Records.Pointing pointing) {
        Service service = pointing.service();
        Optional<Fact<String>> address =
                service.address().or(() -> pointing.answer().entry().value());
        if (address.isEmpty()) {
            return Optional.empty();
        }
        List<String> steps = List.of(
                "reserve " + address.get().value() + " at the provider first, while the load balancer still holds it",
                "upgrade in place: do not delete the release");
        Optional<Release> release = sketch.estate().all(Release.class).stream()
                .filter(each -> each.cluster().equals(service.cluster())
                        && each.place().file().equals(service.place().file()))
                .findFirst();
        if (release.isPresent()) {
            Tree values = release.get().values();
            Optional<Tree> section = values.at("service");
            Optional<Tree> spec = values.at("service.spec");
            Edit edit = spec.<Edit>map(tree -> new Edit.AddField(
                            tree.place(), "loadBalancerIP", address.get().value()))
                    .orElseGet(() -> section.<Edit>map(tree -> new Edit.AddField(
                                    tree.place(),
                                    "spec",
                                    "loadBalancerIP: " + address.get().value()))
                            .orElseGet(() -> new Edit.AddField(
                                    values.place(),
                                    "service",
                                    "spec:\n  loadBalancerIP: " + address.get().value())));
            return Optional.of(Remedy.proposed(
                    "pin the address of the load balancer: service.spec.loadBalancerIP: "
                            + address.get().value(),
                    List.of(edit),
                    steps));
        }
        return service.tree()
                .at("spec")
                .map(spec -> Remedy.proposed(
                        "pin the address of the load balancer: spec.loadBalancerIP: "
                                + address.get().value(),
                        List.of(new Edit.AddField(
                                spec.place(), "loadBalancerIP", address.get().value())),
                        steps));
    }

    private static Optional<Remedy> ttl(Records.Pointing pointing) {
        return pointing.answer()
                .entry()
                .ttlSeconds()
                .filter(seconds -> seconds.value() > 300 && seconds.provenance() instanceof Declared)
                .map(seconds -> Remedy.proposed(
                        "TTL: " + seconds.value() + " → 60",
                        List.of(new Edit.SetValue((Declared) seconds.provenance(), "60")),
                        List.of("helps one old TTL after it was lowered")));
    }
}
