package dev.premortem.model;

import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Zone;
import dev.premortem.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which record of which zone points at which load balancer, for the host names of products. */
public final class Records {
    private Records() {}

    /**
     * One host name in front of a load balancer.
     *
     * @param certain the record's value is the load balancer's address, or was declared as copied from it
     */
    public record Pointing(String host, Front.Answer answer, Service service, boolean certain) {}

    /** All that is known, sorted by host name. */
    public static List<Pointing> of(Sketch sketch) {
        List<Pointing> all = new ArrayList<>();
        for (String host : sketch.front().productsByHost().keySet()) {
            Optional<Service> behind = behind(sketch, host);
            for (Front.Answer answer : sketch.front().answers(host)) {
                Optional<Service> named = named(sketch, answer.entry());
                Optional<Service> service = behind.or(() -> named);
                service.ifPresent(found -> all.add(new Pointing(
                        host, answer, found, named.filter(found::equals).isPresent())));
                if (service.isPresent()) {
                    break; // several addresses of one name: the first stands for them
                }
            }
        }
        return all;
    }

    private static Optional<Service> behind(Sketch sketch, String host) {
        for (Route route : sketch.front().routesOf(host)) {
            Optional<Service> service = sketch.front()
                    .controller(route)
                    .flatMap(controller -> sketch.front().loadBalancer(controller))
                    .or(() -> sketch.estate().find(Service.class, route.reference()));
            if (service.isPresent()) {
                return service;
            }
        }
        return Optional.empty();
    }

    private static Optional<Service> named(Sketch sketch, Zone.Entry entry) {
        for (Service service : sketch.estate().all(Service.class)) {
            boolean copied = entry.copiedFrom()
                    .map(Fact::value)
                    .filter(service.reference()::equals)
                    .isPresent();
            boolean same = service.address().isPresent()
                    && entry.value().map(Fact::value).equals(service.address().map(Fact::value));
            if (service.loadBalancer() && (copied || same)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
