// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may change a running gateway. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class AdminAccessIT {

    private static final String URL = "https://" + TestBed.GATEWAY_IPV4 + ":6466";
    private static final String GROUP = "daemon"; // every host has it
    private static final String STRANGER = "setpriv --reuid 65534 --regid 65534 --clear-groups ";

    private TestBed bed;
    private Path file;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        file = bed.directory().resolve("nat64.yaml");
        Beds.run(bed.gateway(), "chmod 0755 " + bed.directory());
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void aMemberOfTheGroupOfTheSocketMayChangeTheGatewayAndNoOtherUser() throws Exception {
        Files.writeString(file, "admin: {socket-group: %s}\n".formatted(GROUP));
        bed.startReadyGateway("--config", file.toString());
        var group = Beds.run(bed.gateway(), "getent group " + GROUP + " | cut -d: -f3")
                .strip();
        var socket = bed.directory().resolve("admin.sock");
        var reload = "curl -sS -X POST --unix-socket " + socket + " http://localhost/api/v1/reload";

        assertThat(Beds.run(bed.gateway(), "stat -c '%a %G %F' " + socket)).isEqualTo("660 " + GROUP + " socket\n");
        assertThat(Beds.attempt(bed.gateway(), STRANGER + reload).exitCode()).isNotZero();
        assertThat(Beds.run(bed.gateway(), "setpriv --reuid 65534 --regid 65534 --groups " + group + " " + reload))
                .contains("nothing has changed");
        assertThat(Beds.run(bed.gateway(), "ls -A " + bed.directory())).doesNotContainPattern("(?m)^\\.");
    }

    @Test
    void anotherHostChangesTheGatewayOverTlsWithTheToken() throws Exception {
        startWithTls();
        var curl = "curl -sS -w ' %%{http_code}' --cacert %s/admin.crt %s".formatted(bed.directory(), URL);
        var bearer = " -H \"Authorization: Bearer $(cat " + bed.directory() + "/%s)\"";

        assertThat(Beds.run(bed.server(), curl + "/livez")).endsWith("200");
        assertThat(Beds.run(bed.server(), curl + "/api/v1/reload -X POST")).endsWith(" 401");
        assertThat(Beds.run(bed.server(), curl + "/api/v1/sessions")).endsWith(" 401");
        assertThat(Beds.run(bed.server(), curl + "/api/v1/reload -X POST" + bearer.formatted("wrong")))
                .endsWith(" 401");
        assertThat(Beds.run(bed.server(), curl + "/api/v1/reload -X POST" + bearer.formatted("token")))
                .contains("nothing has changed")
                .endsWith(" 200");
        assertThat(Beds.run(bed.gateway(), "curl -sS http://127.0.0.1:6464/metrics"))
                .contains("nat64_admin_wrong_tokens_total 1.0");
    }

    @Test
    void commandsReachAGatewayOfAnotherHost() throws Exception {
        startWithTls();
        var options = " --url %1$s --ca %2$s/admin.crt --token-file %2$s/".formatted(URL, bed.directory());

        assertThat(remote("reload" + options + "token"))
                .contains("nothing has changed")
                .endsWith("code 0\n");
        assertThat(remote("status" + options + "token")).contains("ready").endsWith("code 0\n");
        assertThat(remote("pool4" + options + "token")).contains("ADDRESS").endsWith("code 0\n");
        assertThat(remote("flush ." + options + "wrong"))
                .contains("wrong token")
                .endsWith("code 1\n");
        assertThat(remote("reload --url " + URL)).contains("certification path").endsWith("code 1\n");
        assertThat(remote("reload --ca /nowhere")).contains("need --url").endsWith("code 2\n");

        var secret = Files.readString(bed.directory().resolve("token")).strip();
        assertThat(Files.readString(bed.directory().resolve("gateway.log")))
                .contains("wrong token")
                .doesNotContain(secret);
        assertThat(Beds.run(bed.gateway(), "curl -sS http://127.0.0.1:6464/api/v1/config"))
                .doesNotContain(secret);
    }

    @Test
    void aTokenThatOtherUsersCanReadIsRefused() throws Exception {
        var token = Files.writeString(bed.directory().resolve("token"), "0123456789abcdef0123456789abcdef\n");
        Beds.run(bed.gateway(), "chmod 0644 " + token);
        Files.writeString(file, """
                admin:
                  tls:
                    certificate: /nowhere/admin.crt
                    key: /nowhere/admin.key
                    token-file: %s
                """.formatted(token));

        assertThat(Beds.attempt(bed.gateway(), System.getenv("NAT64_LAUNCHER") + " check --config " + file)
                        .output())
                .contains(file + ":3: admin.tls.certificate: /nowhere/admin.crt does not exist")
                .contains(file + ":5: admin.tls.token-file: " + token + " can be read or written by every user");
    }

    @Test
    void aGroupThatDoesNotExistIsRefusedBeforeAnythingChanges() throws Exception {
        Files.writeString(file, "admin:\n  socket-group: no-such-group\n");
        var refusal = file + ":2: admin.socket-group: this host has no group no-such-group; create it with groupadd";

        for (var command : new String[] {"check", "run"}) {
            var result =
                    Beds.attempt(bed.gateway(), System.getenv("NAT64_LAUNCHER") + " " + command + " --config " + file);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.output()).contains(refusal);
        }
    }

    private String remote(String arguments) throws Exception {
        return Beds.run(bed.server(), System.getenv("NAT64_LAUNCHER") + " " + arguments + " 2>&1; echo code $?");
    }

    private void startWithTls() throws Exception {
        var directory = bed.directory();
        Beds.run(bed.gateway(), """
                cd %1$s && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
                -subj /CN=gateway -addext subjectAltName=IP:%2$s -keyout admin.key -out admin.crt 2>openssl.log \
                && umask 077 && openssl rand -hex 32 > token && openssl rand -hex 32 > wrong
                """.formatted(directory, TestBed.GATEWAY_IPV4));
        Files.writeString(file, """
                admin:
                  allow-remote: true
                  tls:
                    certificate: %1$s/admin.crt
                    key: %1$s/admin.key
                    listen: "[::]:6466"
                    token-file: %1$s/token
                """.formatted(directory));
        bed.startReadyGateway("--config", file.toString());
    }
}
