// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.Optional;
import java.util.function.Function;

/** What is behind a path. Pages may block; they run on threads of their own. */
sealed interface Route {

    Function<AdminRequest, Page> page();

    /** Why this request does not get the page, if so. */
    Optional<Page> refusal(AdminRequest request);

    /** Shows something; anyone who reaches the server may read it. */
    record Read(Function<AdminRequest, Page> page) implements Route {

        @Override
        public Optional<Page> refusal(AdminRequest request) {
            return request.method().equals("GET") || request.method().equals("HEAD")
                    ? Optional.empty()
                    : Optional.of(Page.notAllowed("GET, HEAD"));
        }
    }

    /** Changes something: a POST from this host, and none that a web page made a browser send. */
    record Action(Function<AdminRequest, Page> page) implements Route {

        @Override
        public Optional<Page> refusal(AdminRequest request) {
            if (!request.method().equals("POST")) {
                return Optional.of(Page.notAllowed("POST"));
            }
            return request.origin() == RequestOrigin.REMOTE || request.fromWebPage()
                    ? Optional.of(Page.text(403, "only from this host, and not from a web page"))
                    : Optional.empty();
        }
    }
}
