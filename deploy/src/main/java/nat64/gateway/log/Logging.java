// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import nat64.gateway.config.common.LogConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is logged to standard error, in the form that the configuration asks for. */
public final class Logging {

    /** The time as RFC 3339 writes it, in the time zone of the host. */
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n";

    private Logging() {}

    public static void start(LogConfig config) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var level = Level.toLevel(config.level().name());
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN); // libraries only warn
        context.getLogger("nat64").setLevel(level);
        // It warns of each malformed answer; the owner of a zone could fill the disk with these.
        context.getLogger("org.xbill.DNS").setLevel(Level.ERROR);
        // Its validator calls a wrong signature an error, with a stack trace. Ours are counted.
        context.getLogger("org.xbill.DNS.dnssec").setLevel(Level.OFF);
        root.addAppender(appender(context, encoder(context, config.format())));
    }

    private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogConfig.Format format) {
        var encoder = switch (format) {
            case TEXT -> lines();
            case JSON -> new JsonLines();
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> lines() {
        var lines = new PatternLayoutEncoder();
        lines.setPattern(LINE);
        return lines;
    }
}
