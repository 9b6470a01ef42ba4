// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package, on a copy of this machine without any Java. */
@ExtendWith(NeedsPackaging.class)
@SuppressWarnings("NullAway.Init")
class PackageIT {

    private static final Pattern MODULE = Pattern.compile("-> ((?:java|jdk)\\.[a-z.]+)");

    /** What libraries would use if it were there: windows, which no gateway has. */
    private static final String OPTIONAL = "java.desktop";

    private static final double MOST_EXPOSURE = 2.5;

    private static final String WITHOUT_JAVA = """
            unset JAVA_HOME NAT64_LIB NAT64_LAUNCHER
            home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
            for jvm in /usr/lib/jvm "$home"; do
                [ ! -d "$jvm" ] || mount -t tmpfs tmpfs "$jvm"
            done
            export PATH=/usr/sbin:/usr/bin:/sbin:/bin
            ! java -version 2>/dev/null
            files() { # but for those that a package manager keeps, and that other tests make
                find /etc /usr /var /run \\( -path /var/lib/dpkg -o -path /var/cache -o -path /var/log \\
                    -o -path /var/tmp -o -path /var/lib/containers -o -path /etc/netns -o -path '/run/nat64-it-*' \\
                    -o -path '/run/netns*' -o -path /run/commands \\) -prune -o -print | sort
            }
            """;

    @TempDir
    private static Path folder;

    private static Path debianPackage;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void build() throws Exception {
        debianPackage = Packages.make("deb", folder);
    }

    @Test
    void removalLeavesNothing() throws Exception {
        var output = onACopy("""
                files >/tmp/before
                dpkg -i %1$s && nat64 version
                id nat64
                [ -s /usr/lib/nat64/nat64.aot ] && echo trained
                dpkg -r nat64
                find /etc/nat64 -type f
                [ ! -e /usr/lib/nat64 ] && dpkg -P nat64
                files >/tmp/after && diff /tmp/before /tmp/after && echo clean
                """.formatted(debianPackage));

        assertThat(output).contains("\nnat64 0.1", "(nat64)", "\ntrained\n", "\n/etc/nat64/nat64.yaml\n", "\nclean\n");
    }

    @Test
    void theDemoWorks() throws Exception {
        assertThat(onACopy("dpkg --unpack %s >/dev/null && nat64 demo".formatted(debianPackage)))
                .contains("All checks passed.");
    }

    @Test
    void theServiceRunsAsAnOrdinaryUserAndIsLittleExposed() throws Exception {
        var output = onACopy("""
                dpkg --unpack %s >/dev/null && systemd-sysusers nat64.conf # without training, to save time
                systemd-analyze verify nat64.service
                mknod -m 666 /run/tun c 10 200 && mount --bind /run/tun /dev/net/tun # as udev makes it
                systemd-analyze security --offline=true nat64.service | tail -1
                cd / && unshare --net bash -c 'ip link set lo up && install -d -o nat64 -g nat64 /run/nat64 &&
                    RUNTIME_DIRECTORY=/run/nat64 timeout --preserve-status 20 \\
                    setpriv --reuid nat64 --regid nat64 --init-groups \\
                    --inh-caps -all,+net_admin,+net_bind_service --ambient-caps -all,+net_admin,+net_bind_service \\
                    --bounding-set -all,+net_admin,+net_bind_service --no-new-privs \\
                    nat64 run &
                    for try in {1..300}; do ip -br link show nat64 up 2>/dev/null | grep . && break; sleep 0.2; done
                    pid=$(pgrep --newest --full "nat64.gateway.cli.Main run") && ps -o user= -p "$pid"
                    kill "$pid" && wait' || true
                """.formatted(debianPackage));

        var exposure =
                Pattern.compile("exposure level for nat64.service: ([0-9.]+)").matcher(output);
        assertThat(exposure.find()).as(output).isTrue();
        assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(MOST_EXPOSURE);
        assertThat(output).containsPattern("(?m)^nat64 *$").containsPattern("(?m)^nat64 +(UP|UNKNOWN)");
    }

    @Test
    void shellsCompleteCommandsAndOptions() throws Exception {
        var output = onACopy("""
                dpkg --unpack %s >/dev/null
                source /usr/share/bash-completion/completions/nat64
                COMP_WORDS=(nat64 ses) COMP_CWORD=1 COMP_LINE='nat64 ses'
                _complete_nat64
                echo "bash: ${COMPREPLY[*]}"
                fish -c 'complete -C "nat64 bindings a"' | sed 's/^/fish: /'
                cat >/run/complete <<'END'
                zmodload zsh/zpty
                zpty z zsh -f -i
                zpty -w z "fpath=(/usr/share/zsh/vendor-completions \\$fpath); autoload -U compinit"
                zpty -w z "compinit -u -D; echo rea''dy"
                zpty -r -m z out '*ready*'
                zpty -w -n z $'nat64 ses\\t'
                zpty -r -m z out '*sessions*' && echo zsh: sessions
                END
                timeout 60 zsh -f /run/complete
                zcat /usr/share/man/man1/nat64-sessions.1.gz | grep -c 'sort'
                """.formatted(debianPackage));

        assertThat(output)
                .contains("bash: sessions\n", "fish: add\t", "zsh: sessions\n")
                .containsPattern("\\n[1-9]\\d*\\n$");
    }

    @Test
    void theRuntimeHasTheModulesThatTheJarsNeed() throws Exception {
        var jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        var needed = new TreeSet<String>();
        try (var jars = Files.list(Packages.LIBRARIES)) {
            for (var jar : jars.toList()) {
                var out = new StringWriter();
                var writer = new PrintWriter(out);
                jdeps.run(
                        writer,
                        writer,
                        "--ignore-missing-deps",
                        "--multi-release=25",
                        "-s",
                        "--class-path",
                        Packages.LIBRARIES + "/*",
                        jar.toString());
                MODULE.matcher(out.toString())
                        .results()
                        .map(found -> found.group(1))
                        .forEach(needed::add);
            }
        }
        needed.remove(OPTIONAL);

        assertThat(needed).contains("java.base");
        assertThat(Files.readAllLines(Path.of("package/modules"))).containsAll(needed);
    }

    private String onACopy(String commands) throws Exception {
        return new MachineCopy(scratch, folder).run(WITHOUT_JAVA + commands);
    }
}
