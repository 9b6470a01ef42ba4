// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.links;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import nat64.gateway.netlink.KernelEvents;
import nat64.gateway.netlink.Topic;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.device.DeviceException;
import nat64.translator.device.pcap.NeighborResponder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the host answer neighbor solicitations for prefixes of the translator that are a part of a link's network, and
 * follows links and routes. Any thread may use it.
 */
public final class NeighborAnswers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NeighborAnswers.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration PERIOD_WHILE_MISSING = Duration.ofSeconds(3);
    private static final int ADDRESS_BITS = 128;

    private final String ownDevice;
    private @Nullable KernelEvents events;
    private volatile List<String> missing;

    // Guarded by this.
    private List<Ipv6Prefix> own;
    private final Map<String, Answering> answering = new TreeMap<>();

    private record Answering(List<Ipv6Prefix> prefixes, NeighborResponder responder) {}

    private NeighborAnswers(String ownDevice, List<Ipv6Prefix> prefixes) {
        this.ownDevice = ownDevice;
        own = List.copyOf(prefixes);
        missing = own.stream().anyMatch(NeighborAnswers::mayBeOnLink)
                ? List.of("it is not known yet whether a prefix is a part of a link's network")
                : List.of();
    }

    /**
     * Answers where it is needed, until it is closed.
     *
     * @param ownDevice the translator's
     * @throws IOException if the kernel doesn't tell of changes
     */
    public static NeighborAnswers follow(String ownDevice, List<Ipv6Prefix> prefixes) throws IOException {
        var answers = new NeighborAnswers(ownDevice, prefixes);
        answers.events = KernelEvents.follow(
                "nat64-neighbors", EnumSet.of(Topic.LINKS, Topic.ROUTES), Duration.ZERO, _ -> answers.look());
        return answers;
    }

    /** Answers for other prefixes from now on. */
    public synchronized void use(List<Ipv6Prefix> others) {
        if (!others.equals(own)) {
            own = List.copyOf(others);
            look();
        }
    }

    /** Which prefixes can't be answered for on which link, and why; empty if all is well. */
    public List<String> missing() {
        return missing;
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
        synchronized (this) {
            answering.values().forEach(one -> one.responder.close());
            answering.clear();
        }
    }

    private synchronized Duration look() {
        var refused = new ArrayList<String>();
        try {
            var wanted = links();
            stopOthers(wanted);
            wanted.forEach((link, prefixes) -> {
                if (!answering.containsKey(link)) {
                    start(link, prefixes).ifPresent(refused::add);
                }
            });
        } catch (HostException e) {
            refused.add("cannot tell which prefix is a part of a link's network: " + e.getMessage());
        }
        if (!refused.equals(missing)) {
            refused.forEach(LOG::warn);
            missing = List.copyOf(refused);
        }
        return refused.isEmpty() ? PERIOD : PERIOD_WHILE_MISSING;
    }

    private static long milliseconds() {
        return System.nanoTime() / 1_000_000;
    }

    private void stopOthers(Map<String, List<Ipv6Prefix>> wanted) {
        answering.entrySet().removeIf(entry -> {
            var one = entry.getValue();
            boolean stays = one.prefixes.equals(wanted.get(entry.getKey())) && one.responder.isRunning();
            if (!stays) {
                one.responder.close();
            }
            return !stays;
        });
    }

    private Optional<String> start(String link, List<Ipv6Prefix> prefixes) {
        try {
            answering.put(
                    link,
                    new Answering(prefixes, NeighborResponder.start(link, prefixes, NeighborAnswers::milliseconds)));
            LOG.info("answering neighbor solicitations on {} for {}", link, prefixes);
            return Optional.empty();
        } catch (DeviceException e) {
            return Optional.of("neighbor solicitations on %s for %s are not answered: %s"
                    .formatted(link, prefixes, e.getMessage()));
        }
    }

    /** No link has the Well-Known Prefix. */
    private static boolean mayBeOnLink(Ipv6Prefix prefix) {
        return !prefix.equals(Pref64.WELL_KNOWN.prefix());
    }

    /** The links that have a prefix in their network. */
    private Map<String, List<Ipv6Prefix>> links() throws HostException {
        var links = new TreeMap<String, List<Ipv6Prefix>>();
        for (var prefix : own) {
            if (mayBeOnLink(prefix)) {
                link(prefix, Commands.json("ip -json -6 route show table main match " + prefix), ownDevice)
                        .ifPresent(link -> links.computeIfAbsent(link, _ -> new ArrayList<>())
                                .add(prefix));
            }
        }
        return links;
    }

    /**
     * The link whose network a prefix is a part of: the longest route around it leads there, and not to a gateway.
     *
     * @param routes as {@code ip -json route show} prints them
     */
    static Optional<String> link(Ipv6Prefix prefix, JsonNode routes, String ownDevice) {
        return StreamSupport.stream(routes.spliterator(), false)
                .filter(route -> !route.path("dev").asText().equals(ownDevice))
                .filter(route -> length(route) < prefix.length())
                .max(Comparator.comparingInt(NeighborAnswers::length))
                .filter(route -> length(route) > 0)
                .filter(route -> !route.has("gateway") && !route.has("via") && !route.has("type"))
                .map(route -> route.path("dev").asText())
                .filter(device -> !device.isEmpty());
    }

    /** Of the prefix that a route leads to. */
    private static int length(JsonNode route) {
        var destination = route.path("dst").asText();
        int slash = destination.indexOf('/');
        return slash >= 0
                ? Integer.parseInt(destination.substring(slash + 1))
                : destination.equals("default") ? 0 : ADDRESS_BITS;
    }
}
