package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.model.BackupsInside;
import dev.premortem.model.LoginsInside;
import dev.premortem.model.OnlyCopies;
import dev.premortem.model.SecretsOfStores;
import dev.premortem.model.Sketch;
import dev.premortem.model.SourcesInside;
import dev.premortem.model.StaleRecovery;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import java.util.List;

/**
 * What a repair needs lives inside of what it must repair: the Git server that the cluster is built from, the credentials of a secret store, the login of the
 * dashboards. Pods that run live on; the day the cluster is lost, the way to build it is lost with it.
 */
@AutoService(Mechanism.class)
public final class RepairPath implements Mechanism {
    private static final String LOGIN = "login";
    private static final String SECRETS = "credentials";
    private static final String BACKUPS = "backups";
    private static final String RECOVERY = "recovery";
    private static final String COPY = "only-copy";

    @Override
    public String id() {
        return "repair-path";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.E;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SourcesInside.of(sketch)
                .forEach((cluster, items) -> act(cluster, "source", OutageClass.E, "its source")
                        .propose(
                                sketch,
                                items,
                                cluster + " cannot be built anew once it is lost: "
                                        + items.getFirst().why()));
        SecretsOfStores.of(sketch)
                .forEach((cluster, items) -> act(cluster, SECRETS, OutageClass.E, "its secrets")
                        .propose(
                                sketch,
                                items,
                                "no Secret comes to a new " + cluster + " by itself: "
                                        + items.getFirst().why()));
        BackupsInside.of(sketch)
                .forEach((cluster, items) -> act(cluster, BACKUPS, OutageClass.E, "its backups")
                        .propose(
                                sketch,
                                items,
                                "what takes " + cluster + " takes its backups too: "
                                        + items.getFirst().why()
                                        + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more alike")));
        StaleRecovery.of(sketch)
                .forEach((cluster, items) -> act(cluster, RECOVERY, OutageClass.E, "its databases")
                        .propose(
                                sketch,
                                items,
                                (items.size() == 1
                                                ? "a database of " + cluster + " does"
                                                : items.size() + " databases of " + cluster + " do")
                                        + " not come back as its files say: "
                                        + items.getFirst().why()));
        OnlyCopies.of(sketch)
                .forEach((cluster, items) -> copy(cluster)
                        .propose(
                                sketch,
                                items,
                                items.size() == 1
                                        ? items.getFirst().why()
                                        : items.size() + " databases of " + cluster
                                                + " stand on a disk of one node each, and no backup of them is seen"));
        LoginsInside.of(sketch)
                .forEach((cluster, items) -> act(cluster, LOGIN, OutageClass.F, "a login")
                        .propose(
                                sketch,
                                items,
                                "dashboards of " + cluster + " stay closed when its own login is away: "
                                        + items.getFirst().why()));
    }

    private Standstill copy(String cluster) {
        return new Standstill(
                id(),
                cluster,
                COPY,
                OutageClass.F,
                new Standstill.Words(
                        "the disks of " + cluster + " last",
                        "the disk of a node fails",
                        "the data of " + cluster + " outlive a disk",
                        "nobody can bring the data back",
                        "when the disk of a node fails"));
    }

    private Standstill act(String cluster, String aspect, OutageClass kind, String what) {
        boolean look = aspect.equals(LOGIN);
        return new Standstill(
                id(),
                cluster,
                aspect + "-for-repair",
                kind,
                new Standstill.Words(
                        look ? "the login of " + cluster + " answers" : cluster + " is there",
                        look ? "what " + cluster + " runs for logins is away" : cluster + " is lost and built anew",
                        "the repair of " + cluster + " has " + what,
                        look ? "nobody sees what is wrong" : "the repair waits for what it must repair",
                        look ? "when the login is away" : "when the cluster is built anew"));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        if (outage.pivot().contains(LOGIN)) {
            return List.of(Remedy.proposed(
                    "keep a second way in",
                    List.of(),
                    List.of("leave one local account open, with its password where nothing of the cluster is needed")));
        }
        if (outage.pivot().contains(COPY)) {
            return List.of(Remedy.proposed(
                    "a backup elsewhere, or a second instance on another node",
                    List.of(),
                    List.of(
                            "name an object store outside of the cluster, and a ScheduledBackup",
                            "then restore it once beside the database",
                            "instances: 2 keeps a copy on another node until then")));
        }
        if (outage.pivot().contains(RECOVERY)) {
            return List.of(Remedy.proposed(
                    "write down how the database is brought back, and try it",
                    List.of(),
                    List.of(
                            "name what is written to as the source of the recovery, and a new serverName to archive to",
                            "then build the database anew beside the old one, once, on purpose")));
        }
        if (outage.pivot().contains(BACKUPS)) {
            return List.of(Remedy.proposed(
                    "a second copy of the backups outside of the cluster",
                    List.of(),
                    List.of(
                            "copy the buckets to another place, or write backups there at once",
                            "then restore one of them where nothing of the cluster is there")));
        }
        if (outage.pivot().contains(SECRETS)) {
            return List.of(Remedy.proposed(
                    "keep the store's credentials outside of the store",
                    List.of(),
                    List.of(
                            "have the first Secret made at bootstrap, encrypted in Git or by a script that is tried",
                            "then build a cluster from nothing once, on purpose")));
        }
        return List.of(Remedy.proposed(
                "keep a copy of the source outside of the cluster",
                List.of(),
                List.of(
                        "mirror the repository to a server elsewhere, and let the first start fetch from there",
                        "then build a cluster from nothing once, on purpose")));
    }
}
