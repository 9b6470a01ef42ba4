// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param path decoded
 * @param query decoded; a name may have several values
 * @param fromWebPage whether a web page made a browser send it; browsers always say so with a POST
 */
record AdminRequest(
        String method, String path, Map<String, List<String>> query, RequestOrigin origin, boolean fromWebPage) {

    /** @throws IllegalArgumentException if the target of the request is malformed */
    static AdminRequest of(FullHttpRequest request, RequestOrigin origin) {
        var target = new QueryStringDecoder(withoutAuthority(request.uri()));
        return new AdminRequest(
                request.method().name(),
                target.path(),
                target.parameters(),
                origin,
                request.headers().contains(HttpHeaderNames.ORIGIN));
    }

    /** The value of a parameter that stands once in the query; else nothing. */
    String parameter(String name) {
        var values = query.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : "";
    }

    /** A server must take the absolute form too (RFC 9112, section 3.2.2). */
    private static String withoutAuthority(String target) {
        if (!target.startsWith("http://")) {
            return target;
        }
        int path = target.indexOf('/', "http://".length());
        return path < 0 ? "/" : target.substring(path);
    }
}
