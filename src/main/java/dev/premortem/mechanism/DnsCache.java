package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Edit;
import dev.premortem.fact.Declared;
import dev.premortem.model.Records;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer lives in caches for its TTL: after a record has changed, users come back one after the other, the last when the TTL is over. The caches are drawn with
 * the record's load balancer; this mechanism owns what is left when a program corrects the record at once.
 */
@AutoService(Mechanism.class)
public final class DnsCache implements Mechanism {
    @Override
    public String id() {
        return "dns-cache";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.D;
    }

    @Override
    public void contribute(Sketch sketch) {
        // Record, address and caches move in one process; load-balancer-address draws it and names this mechanism for
        // the caches.
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (Records.Pointing pointing : Records.of(sketch)) {
            boolean mine = outage.pivot().equals(pointing.answer().zone().reference() + "#ttl");
            pointing.answer()
                    .entry()
                    .ttlSeconds()
                    .filter(seconds -> mine && seconds.value() > 300 && seconds.provenance() instanceof Declared)
                    .ifPresent(seconds -> {
                        Declared place = (Declared) seconds.provenance();
                        Remedy remedy = Remedy.proposed(
                                "TTL: " + seconds.value() + " → 60",
                                List.of(new Edit.SetValue(place, "60")),
                                List.of("helps one old TTL after it was lowered"));
                        if (!remedies.contains(remedy)) {
                            remedies.add(remedy);
                        }
                    });
        }
        return remedies;
    }
}
