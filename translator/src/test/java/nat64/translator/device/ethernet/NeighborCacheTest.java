// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nat64.translator.device.ethernet.Neighbor.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state machine of RFC 4861, section 7.3. */
class NeighborCacheTest implements NeighborCache.Listener {

    private static final long MAC = 0x0200_0000_00aaL;
    private static final long OTHER_MAC = 0x0200_0000_00bbL;
    private static final long HIGH = 0x2001_0db8_0001_0000L;
    private static final long LOW = 2;

    private final List<String> events = new ArrayList<>();
    private final NeighborCache cache = new NeighborCache(42, this);
    private long now = -1_000_000; // a clock may start anywhere

    @Override
    public void solicit(Neighbor neighbor) {
        events.add(neighbor.hasMac() ? "solicit one" : "solicit all");
    }

    @Override
    public void resolved(Neighbor neighbor) {
        events.add("resolved");
    }

    @Override
    public void failed(Neighbor neighbor) {
        events.add("failed");
    }

    @Test
    void asksThreeTimesAndThenGivesUp() {
        use();
        for (int i = 0; i < 4; i++) {
            pass(1000);
        }

        assertThat(events).containsExactly("solicit all", "solicit all", "solicit all", "failed");
        assertThat(cache.find(HIGH, LOW)).isNull();
    }

    @Test
    void asksOnceHoweverManyPacketsWait() {
        use();
        use();
        pass(999);

        assertThat(events).containsExactly("solicit all");
    }

    @Test
    void asksAgainOnlyWhenANeighborIsUsedLongAfterItsAnswer() {
        use();
        advertise(MAC, true, true);
        events.clear();
        pass(29_999);
        use();
        assertThat(state()).isEqualTo(State.REACHABLE);

        pass(1);
        assertThat(state()).isEqualTo(State.STALE);
        pass(100_000);
        assertThat(events).isEmpty();

        use();
        assertThat(state()).isEqualTo(State.DELAY);
        pass(4_999);
        assertThat(events).isEmpty();
        pass(1);
        assertThat(events).containsExactly("solicit one");
    }

    @Test
    void isReachableAgainWhenItAnswersTheProbe() {
        probe();

        advertise(MAC, true, false);

        assertThat(state()).isEqualTo(State.REACHABLE);
    }

    @Test
    void forgetsANeighborThatAnswersNoProbe() {
        probe();
        pass(1000);
        pass(1000);
        pass(1000);

        assertThat(events).containsExactly("solicit one", "solicit one", "solicit one");
        assertThat(cache.find(HIGH, LOW)).isNull();
    }

    /** Section 7.2.5, of a neighbor that is REACHABLE with another MAC address. */
    @ParameterizedTest
    @CsvSource({
        "other, true,  true,  REACHABLE, other",
        "other, true,  false, STALE,     same",
        "other, false, true,  STALE,     other",
        "other, false, false, STALE,     same",
        "same,  true,  false, REACHABLE, same",
        "same,  false, false, REACHABLE, same",
        "none,  true,  true,  REACHABLE, same",
        "none,  false, true,  REACHABLE, same"
    })
    void takesAnAdvertisementAsItsFlagsSay(
            String mac, boolean solicited, boolean override, State expected, String expectedMac) {
        use();
        advertise(MAC, true, true);

        advertise(mac(mac), solicited, override);

        assertThat(state()).isEqualTo(expected);
        assertThat(neighbor().mac).isEqualTo(mac(expectedMac));
    }

    @ParameterizedTest
    @CsvSource({"true, REACHABLE", "false, STALE"})
    void resolvesByAnAdvertisementWithAMacAddress(boolean solicited, State expected) {
        use();
        advertise(MacAddress.BROADCAST, solicited, true);
        assertThat(state()).isEqualTo(State.INCOMPLETE);

        advertise(MAC, solicited, false);

        assertThat(state()).isEqualTo(expected);
        assertThat(events).containsExactly("solicit all", "resolved");
    }

    @Test
    void resolvesByAQuestionOfTheNeighbor() {
        use();
        cache.heard(HIGH, LOW, MAC, false, now);

        assertThat(state()).isEqualTo(State.STALE);
        assertThat(events).containsExactly("solicit all", "resolved");
    }

    @Test
    void aQuestionWithTheKnownMacAddressChangesNothing() {
        use();
        advertise(MAC, true, true);
        cache.heard(HIGH, LOW, MAC, true, now);

        assertThat(state()).isEqualTo(State.REACHABLE);
    }

    @Test
    void aScanDoesNotDriveOutNeighborsInUse() {
        for (int i = 0; i < 100; i++) {
            var neighbor = Objects.requireNonNull(cache.use(HIGH, i, now));
            cache.advertised(neighbor, MAC, true, true, now);
        }
        events.clear();

        for (int i = 0; i < 100_000; i++) {
            cache.use(HIGH + 1, i, now);
        }

        assertThat(events).hasSize(NeighborCache.MOST_INCOMPLETE).containsOnly("solicit all");
        for (int i = 0; i < 100; i++) {
            assertThat(Objects.requireNonNull(cache.find(HIGH, i)).state).isEqualTo(State.REACHABLE);
        }
    }

    @Test
    void aFailedScanGivesItsPlacesBack() {
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < NeighborCache.MOST_INCOMPLETE; i++) {
                assertThat(cache.use(HIGH + round, i, now)).isNotNull();
            }
            for (int i = 0; i < 3; i++) {
                pass(1000);
            }
        }
    }

    @Test
    void newNeighborsTakeThePlacesOfStaleOnes() {
        for (int i = 0; i < 10 * NeighborCache.CAPACITY; i++) {
            cache.heard(HIGH, i, MAC, true, now++);
            assertThat(cache.find(HIGH, i)).isNotNull();
        }
    }

    private void probe() {
        cache.heard(HIGH, LOW, MAC, true, now);
        use();
        pass(5_000);
        assertThat(state()).isEqualTo(State.PROBE);
    }

    private void use() {
        assertThat(cache.use(HIGH, LOW, now)).isNotNull();
    }

    private void advertise(long mac, boolean solicited, boolean override) {
        cache.advertised(neighbor(), mac, solicited, override, now);
    }

    private void pass(int milliseconds) {
        now += milliseconds;
        cache.expire(now);
    }

    private State state() {
        return neighbor().state;
    }

    private Neighbor neighbor() {
        return Objects.requireNonNull(cache.find(HIGH, LOW));
    }

    private static long mac(String name) {
        return switch (name) {
            case "other" -> OTHER_MAC;
            case "none" -> MacAddress.BROADCAST;
            default -> MAC;
        };
    }
}
