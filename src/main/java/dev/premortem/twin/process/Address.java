package dev.premortem.twin.process;

import dev.premortem.twin.Condition;
import java.time.Duration;
import java.util.Optional;

/**
 * A load balancer as its name sees it: which one it is, whether it exists, and what becomes of its address.
 *
 * @param loadBalancer reference of its Service; empty where there is none (deleted on the way of a change)
 * @param exists watched: the load balancer is wanted and nobody deleted it
 * @param present the address that it has at the beginning, empty where that is not known
 * @param recorded the address that the record names at the beginning, empty where it is the present one
 * @param pinned the address that every new load balancer gets; empty where each new one gets a new address
 * @param provisioning from created to an address that answers
 */
public record Address(
        String loadBalancer,
        Condition exists,
        String present,
        String recorded,
        Optional<String> pinned,
        Duration provisioning) {}
