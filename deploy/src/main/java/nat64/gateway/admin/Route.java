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

    /** Shows data about clients and their peers: to this host only. */
    record LocalRead(Function<AdminRequest, Page> page) implements Route {

        @Override
        public Optional<Page> refusal(AdminRequest request) {
            if (request.isOfOtherSite()) {
                return Optional.of(Page.text(403, "not for pages of other sites"));
            }
            return request.origin() == RequestOrigin.REMOTE
                    ? Optional.of(Page.text(403, "only from this host, or over TLS with a token (admin.tls)"))
                    : new Read(page).refusal(request);
        }
    }

    /** Changes something: a POST through the socket, where the kernel has checked who sends it, or with the token. */
    record Action(Function<AdminRequest, Page> page) implements Route {

        @Override
        public Optional<Page> refusal(AdminRequest request) {
            if (!request.method().equals("POST")) {
                return Optional.of(Page.notAllowed("POST"));
            }
            return request.origin() == RequestOrigin.SOCKET || request.origin() == RequestOrigin.TOKEN
                    ? Optional.empty()
                    : Optional.of(Page.text(403, "only through the admin socket (admin.socket)"));
        }
    }
}
