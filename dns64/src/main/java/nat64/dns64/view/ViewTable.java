// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.PrefixPolicy;
import nat64.dns64.settings.ViewSettings;
import nat64.dns64.synthesis.View;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;

/** Which client has which view, while the same prefixes work. Immutable; a change makes another one. */
public final class ViewTable {

    /** Seconds for which clients may keep a prefix for which another one may have to stand in soon. */
    static final long TTL_OF_WATCHED = 60;

    private static final int EPOCH_AT = 12; // the variant: 20 bits, then 8 for the view, then 4 for its prefix
    private static final int VIEW_AT = 4;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private record RowV6(Ipv6Prefix clients, Choice choice) {}

    private record RowV4(Ipv4Prefix clients, Choice choice) {}

    /** Views among which the address of the client chooses; all but one policy leave no choice. */
    private record Choice(List<ActiveView> views) {}

    private final int epoch;
    private final List<RowV6> v6 = new ArrayList<>();
    private final List<RowV4> v4 = new ArrayList<>();
    private final Choice otherwise;

    private ViewTable(Policy policy, Set<Pref64> watched, Set<Pref64> dead, int epoch) {
        this.epoch = epoch;
        var all = policy.all();
        var choices = new ArrayList<Choice>();
        for (int i = 0; i < all.size(); i++) {
            choices.add(choice(all.get(i), watched, dead, (epoch << EPOCH_AT) | (i << VIEW_AT)));
        }
        for (int i = 0; i < policy.views().size(); i++) {
            var choice = choices.get(i);
            policy.views().get(i).clientsV6().forEach(clients -> v6.add(new RowV6(clients, choice)));
            policy.views().get(i).clientsV4().forEach(clients -> v4.add(new RowV4(clients, choice)));
        }
        v6.sort(Comparator.comparingInt((RowV6 row) -> row.clients.length()).reversed());
        v4.sort(Comparator.comparingInt((RowV4 row) -> row.clients.length()).reversed());
        otherwise = choices.getLast();
    }

    /**
     * The first table.
     *
     * @param watched prefixes that may stop to work
     */
    public static ViewTable of(Policy policy, Set<Pref64> watched) {
        return new ViewTable(policy, watched, Set.of(), 0);
    }

    /** The table that follows, when these prefixes don't work. */
    ViewTable next(Policy policy, Set<Pref64> watched, Set<Pref64> dead) {
        return new ViewTable(policy, watched, dead, epoch + 1);
    }

    /** The view of a client. An IPv4 client of an IPv6 socket shows up as a mapped address and counts as IPv4. */
    public ActiveView of(InetAddress client) {
        byte[] bytes = client.getAddress();
        if (bytes.length < Ipv6Address.LENGTH) {
            return ofV4(ByteBuffer.wrap(bytes).getInt());
        }
        var address = Ipv6Address.ofOctets(bytes);
        return address.isIpv4Mapped() ? ofV4((int) address.low()) : ofV6(address);
    }

    private ActiveView ofV6(Ipv6Address client) {
        for (var row : v6) {
            if (row.clients.contains(client)) {
                return chosen(row.choice, client.high());
            }
        }
        return chosen(otherwise, client.high());
    }

    private ActiveView ofV4(int client) {
        for (var row : v4) {
            if (row.clients.contains(client)) {
                return chosen(row.choice, client);
            }
        }
        return chosen(otherwise, client);
    }

    /** Rendezvous hashing: of all prefixes, the one that has the highest score with this client. */
    private static ActiveView chosen(Choice choice, long client) {
        var best = choice.views.getFirst();
        if (choice.views.size() == 1) {
            return best;
        }
        long highest = Long.MIN_VALUE;
        for (var candidate : choice.views) {
            var prefix = candidate.view().pref64s().getFirst().prefix();
            long score = mix(client ^ mix(prefix.high() ^ mix(prefix.low() ^ prefix.length())));
            if (score > highest) {
                highest = score;
                best = candidate;
            }
        }
        return best;
    }

    private static long mix(long value) {
        long once = (value ^ (value >>> 32)) * MIX;
        long twice = (once ^ (once >>> 29)) * MIX;
        return twice ^ (twice >>> 32);
    }

    private static Choice choice(ViewSettings settings, Set<Pref64> watched, Set<Pref64> dead, int variant) {
        var view = settings.view();
        var alive = alive(view.pref64s(), dead);
        var options = settings.prefixPolicy() == PrefixPolicy.HASH
                ? alive.stream().map(List::of).toList()
                : List.of(settings.prefixPolicy() == PrefixPolicy.ALL ? alive : alive.subList(0, 1));
        long maxTtl = view.pref64s().size() > 1 && view.pref64s().stream().anyMatch(watched::contains)
                ? TTL_OF_WATCHED
                : View.LONGEST_TTL;
        var views = new ArrayList<ActiveView>();
        for (int i = 0; i < options.size(); i++) {
            views.add(new ActiveView(view.with(view.mapping().with(options.get(i)), maxTtl), variant | i));
        }
        return new Choice(List.copyOf(views));
    }

    /** If none works, all stay: an address that does not answer is no worse than none, and probes may be wrong. */
    private static List<Pref64> alive(List<Pref64> pref64s, Set<Pref64> dead) {
        var alive = pref64s.stream().filter(prefix -> !dead.contains(prefix)).toList();
        return alive.isEmpty() ? pref64s : alive;
    }
}
