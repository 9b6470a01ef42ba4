// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-103")
class OpenConnectionsTest {

    private static final int MOST = 8;
    private static final int SHARE = 4;

    private final OpenConnections connections = new OpenConnections(MOST, SHARE);
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesTheLongestIdleOfANetworkThatHasItsShare() {
        var first = open(1, "first");
        open(1, "second");
        open(1, "third");
        open(1, "fourth");
        first.began();
        first.ended();

        open(1, "fifth");

        assertThat(closed).containsExactly("second");
        assertThat(connections.count()).isEqualTo(SHARE);
    }

    @Test
    void closesTheLongestIdleOfTheNetworkWithTheMost() {
        open(1, "alone");
        for (int i = 0; i < SHARE; i++) {
            open(2, "many" + i);
        }
        for (int i = SHARE + 1; i < MOST; i++) {
            open(i, "other");
        }

        open(9, "new");

        assertThat(closed).containsExactly("many0");
    }

    @Test
    void closesTheLongestIdleOfAllWhereNoNetworkHasMoreThanOthers() {
        for (int i = 0; i < MOST; i++) {
            open(i, "of " + i);
        }
        open(MOST, "new");

        assertThat(closed).containsExactly("of 0");
    }

    @Test
    void closesNoneWithAQueryThatIsBeingAnswered() {
        for (int i = 0; i < SHARE; i++) {
            open(1, "busy").began();
        }

        assertThat(connections.open(1, () -> closed.add("new"))).isNull();
        assertThat(closed).isEmpty();
    }

    @Test
    void takesARoomBackOnce() {
        var connection = open(1, "first");
        connection.closed();
        connection.closed();
        connection.began(); // a query that was still being answered
        connection.ended();

        assertThat(connections.count()).isZero();
        for (int i = 0; i < SHARE; i++) {
            open(1, "other");
        }
        assertThat(closed).isEmpty();
    }

    private OpenConnections.Connection open(long network, String name) {
        return requireNonNull(connections.open(network, () -> closed.add(name)));
    }
}
