// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.PrefixCheck;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.view.Views;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PrefixWatchTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final Pref64 A = Pref64.parse("2001:db8:a::/96");
    private static final Pref64 B = Pref64.parse("2001:db8:b::/96");

    private final WatchedPrefix first = watched(A, () -> true);
    private final WatchedPrefix second = watched(B, () -> false);
    private final Views views = new Views(Policy.of(List.of(A, B)), Set.of(A, B));
    private final List<Runnable> tasks = new ArrayList<>();
    private final PrefixWatch watch = new PrefixWatch(List.of(first, second), views, tasks::add);

    @Test
    @Tag("R-84")
    void withdrawsAPrefixAfterSomeFailuresInARow() {
        watch.learn(first, false);
        watch.learn(first, false);
        assertThat(announced()).containsExactly(A, B);

        watch.learn(first, false);

        assertThat(announced()).containsExactly(B);
        assertThat(watch.up()).containsEntry(A, false).containsEntry(B, true);
    }

    @Test
    void forgivesFailuresThatAreNotInARow() {
        for (int i = 0; i < 10; i++) {
            watch.learn(first, i % 3 == 2);
        }

        assertThat(announced()).containsExactly(A, B);
    }

    @Test
    void bringsAPrefixBackAfterSomeSuccessesInARow() {
        repeat(3, first, false);
        watch.learn(first, true);
        assertThat(announced()).containsExactly(B);

        watch.learn(first, true);

        assertThat(announced()).containsExactly(A, B);
    }

    @Test
    void neverWithdrawsTheLastPrefix() {
        repeat(3, first, false);
        repeat(3, second, false);

        assertThat(announced()).containsExactly(A, B);
        assertThat(watch.up()).containsEntry(A, false).containsEntry(B, false);
    }

    @Test
    void checksEachPrefixAtOnceOnItsOwnThread() {
        watch.start();

        assertThat(tasks).hasSize(2);
        tasks.forEach(Runnable::run);
        repeat(2, second, false);
        assertThat(announced()).containsExactly(A);
    }

    @Test
    void seesNoChoiceBetweenPrefixesThatFailTogether() {
        PrefixCheck check = () -> true;
        var together = List.of(watched(A, check), watched(B, check));

        assertThat(PrefixWatch.apart(together, List.of(A, B))).isEmpty();
        assertThat(PrefixWatch.apart(together, List.of(A, B, Pref64.WELL_KNOWN)))
                .containsExactlyInAnyOrder(A, B);
        assertThat(PrefixWatch.apart(List.of(first, second), List.of(A, B))).containsExactlyInAnyOrder(A, B);
    }

    private void repeat(int times, WatchedPrefix prefix, boolean works) {
        for (int i = 0; i < times; i++) {
            watch.learn(prefix, works);
        }
    }

    private List<Pref64> announced() {
        return views.now().of(CLIENT).view().pref64s();
    }

    private static WatchedPrefix watched(Pref64 prefix, PrefixCheck check) {
        return new WatchedPrefix(prefix, check, Duration.ofHours(1), 3, 2);
    }
}
