// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.gateway.bindinglog.history.Tenure.Moment;
import nat64.gateway.bindinglog.history.Tenure.Place;
import org.jspecify.annotations.Nullable;

/** Makes tenures of one place from the lines about it, which come in order of time. */
final class Tenures {

    private final Place place;
    private final List<Tenure> ended = new ArrayList<>();
    private @Nullable Tenure open;
    private @Nullable Instant unconfirmedSince; // a gateway has begun to log, and has not listed the open tenure yet
    private @Nullable Instant listedAt; // when the open one was listed, if that is all that is known of its start
    private Optional<Moment> earliest = Optional.empty(); // when a tenure whose start is missing may have begun

    Tenures(Place place) {
        this.place = place;
    }

    void take(LogLine line) {
        switch (line) {
            case LogLine.Began began -> begin(began.time());
            case LogLine.Has has -> has(has);
            case LogLine.Ended end -> end(end);
            case LogLine.Lost _, LogLine.Other _ -> {}
        }
    }

    /** All of them, the last one included. */
    List<Tenure> all() {
        closeUnconfirmed();
        var all = new ArrayList<>(ended);
        if (open != null) {
            all.add(open);
        }
        return all;
    }

    private void begin(Instant time) {
        closeUnconfirmed();
        unconfirmedSince = time;
        if (open == null) {
            earliest = Optional.of(new Moment(time, false));
        }
    }

    private void has(LogLine.Has has) {
        boolean isOpen = isOpen(has.client(), has.clientPort());
        if (isOpen && !(has.isStart() && unconfirmedSince == null)) {
            unconfirmedSince = null;
            return;
        }
        if (isOpen && has.time().equals(listedAt)) {
            open = null; // it was listed when it had just begun
        }
        closeUnconfirmed();
        close(new Moment(has.time(), false)); // its end is missing
        listedAt = has.isStart() ? null : has.time();
        open = new Tenure(
                place,
                has.client(),
                has.clientPort(),
                has.isStart() ? Optional.of(new Moment(has.time(), true)) : earliest,
                Optional.empty());
    }

    private void end(LogLine.Ended end) {
        if (!isOpen(end.client(), end.clientPort())) {
            closeUnconfirmed();
            close(new Moment(end.time(), false));
            open = new Tenure(place, end.client(), end.clientPort(), earliest, Optional.empty());
        }
        unconfirmedSince = null;
        close(new Moment(end.time(), true));
    }

    private boolean isOpen(String client, int port) {
        return open != null && open.client().equals(client) && open.clientPort() == port;
    }

    /** A gateway that starts its log lists every binding that it still has. */
    private void closeUnconfirmed() {
        if (unconfirmedSince != null) {
            close(new Moment(unconfirmedSince, false));
        }
        unconfirmedSince = null;
    }

    private void close(Moment moment) {
        var closed = open;
        if (closed != null) {
            ended.add(new Tenure(place, closed.client(), closed.clientPort(), closed.begin(), Optional.of(moment)));
            earliest = Optional.of(new Moment(moment.time(), false));
        }
        open = null;
    }
}
