// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of the status page, out of the jars: ours, and those of the library that draws its plots. They are read once,
 * and nothing else can be asked for.
 */
enum StaticFile {
    INDEX("/page/index.html", "index.html", "text/html; charset=utf-8"),
    STYLE("/page/status.css", "status.css", "text/css; charset=utf-8"),
    SCRIPT("/page/status.js", "status.js", "text/javascript; charset=utf-8"),
    EXPLAIN_SCRIPT("/page/explain.js", "explain.js", "text/javascript; charset=utf-8"),
    PLOT_STYLE("/page/uplot.css", StaticFile.UPLOT + "uPlot.min.css", "text/css; charset=utf-8"),
    PLOT_SCRIPT("/page/uplot.js", StaticFile.UPLOT + "uPlot.iife.min.js", "text/javascript; charset=utf-8");

    static final List<StaticFile> ALL = List.of(values());

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final String path;
    private final String contentType;
    private final String text;

    StaticFile(String path, String resource, String contentType) {
        this.path = path;
        this.contentType = contentType;
        this.text = read(resource);
    }

    /** Where the server shows it. */
    String path() {
        return path;
    }

    Page page() {
        return new Page(200, contentType, text);
    }

    private static String read(String resource) {
        try (var in = StaticFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jars lack " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
