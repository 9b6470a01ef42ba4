// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import nat64.gateway.admin.AdminClient;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.inspect.FilledTables;
import nat64.gateway.inspect.TableQueries;
import nat64.gateway.json.Json;
import nat64.translator.device.MemoryPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The file openapi.yaml is what the gateway answers: the same paths, methods, parameters and values. */
@SuppressWarnings("NullAway.Init")
class OpenApiTest {

    private static final String API = "/api/v1/";

    private JsonNode document;
    private Gateway gateway;
    private UnixDomainSocketAddress socket;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        document = new ObjectMapper().valueToTree(yaml.load(Files.readString(Path.of("openapi.yaml"))));
        socket = UnixDomainSocketAddress.of(directory.resolve("admin.sock"));
        var loaded = ConfigFile.parse("test", """
                clients: ["2001:db8::/32"]
                translator: {pool4: [{prefix: 100.64.64.0/29}]}
                dns64: {listen: ["127.0.0.1:%d"], upstreams: ["127.0.0.1:1"]}
                admin: {listen: "127.0.0.1:%d", socket: "%s"}
                """.formatted(freePort(), freePort(), socket.getPath()));
        gateway = Gateway.startInMemory(loaded, loaded.config(), new MemoryPort());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static int freePort() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void itHasThePathsOfTheGateway() {
        var documented = new TreeSet<String>();
        document.path("paths").fieldNames().forEachRemaining(documented::add);

        assertThat(documented)
                .isEqualTo(new TreeSet<>(gateway.adminPaths().stream()
                        .filter(path -> path.startsWith(API))
                        .toList()));
    }

    @Test
    void everyQueryTakesItsParametersAndAnswersAsItSays() throws Exception {
        for (var path : document.path("paths").properties()) {
            var get = path.getValue().path("get");
            var answer = AdminClient.get(socket, path.getKey());
            if (get.isMissingNode()) {
                assertThat(answer.status()).as(path.getKey()).isEqualTo(405);
                continue;
            }
            var required = required(get);
            if (!required.isEmpty()) {
                assertThat(answer.status()).as(path.getKey()).isEqualTo(400);
                answer = AdminClient.get(socket, path.getKey() + "?" + required);
            }
            assertThat(answer.status()).as(path.getKey()).isEqualTo(200);
            var json = get.at("/responses/200/content").path("application/json");
            if (!json.isMissingNode()) {
                assertThat(faults(json.path("schema"), Json.parse(answer.body()), path.getKey()))
                        .isEmpty();
            }
            for (var parameter : get.path("parameters")) {
                assertIsTaken(path.getKey(), parameter.path("required").asBoolean() ? "" : required, parameter);
            }
            if (get.has("parameters")) {
                assertThat(AdminClient.get(socket, path.getKey() + "?" + required + "&unheard-of=1")
                                .status())
                        .isEqualTo(400);
            }
        }
    }

    /** The examples of parameters that are required, as a query. */
    private static String required(JsonNode operation) {
        var query = new ArrayList<String>();
        for (var parameter : operation.path("parameters")) {
            if (parameter.path("required").asBoolean()) {
                query.add(value(parameter, parameter.path("example").asText()));
            }
        }
        return String.join("&", query);
    }

    private static String value(JsonNode parameter, String value) {
        return parameter.path("name").asText() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void assertIsTaken(String path, String others, JsonNode parameter) throws Exception {
        var values = new ArrayList<String>();
        parameter.at("/schema/enum").forEach(value -> values.add(value.asText()));
        if (parameter.has("example")) {
            values.add(parameter.path("example").asText());
        }
        assertThat(values).isNotEmpty();
        for (var value : values) {
            var target = path + "?" + others + "&" + value(parameter, value);
            assertThat(AdminClient.get(socket, target).status()).as(target).isEqualTo(200);
        }
    }

    @Test
    void everyActionTakesItsParametersAndNeedsThem() throws Exception {
        for (var path : document.path("paths").properties()) {
            var post = path.getValue().path("post");
            if (post.isMissingNode()) {
                continue;
            }
            var query = new ArrayList<String>();
            for (var parameter : post.path("parameters")) {
                query.add(value(parameter, parameter.path("example").asText()));
            }
            if (!query.isEmpty()) {
                assertThat(AdminClient.post(socket, path.getKey()).status())
                        .as(path.getKey())
                        .isEqualTo(400);
            }
            assertThat(AdminClient.post(socket, path.getKey() + "?" + String.join("&", query)))
                    .as(path.getKey())
                    .satisfies(answer ->
                            assertThat(answer.status()).as(answer.body()).isIn(200, 409));
        }
    }

    @Test
    void rowsAreAsItSays() throws Exception {
        try (var tables = FilledTables.start()) {
            var queries = new TableQueries(tables::running);
            assertRows("Session", queries.sessions(Map.of()), "sessions");
            assertRows("Binding", queries.bindings(Map.of()), "bindings");
            assertRows("Subscriber", queries.subscribers(Map.of()), "subscribers");
            assertRows("Pool4Address", queries.pool4(Map.of()), "pool4");
        }
    }

    @Test
    void explanationsAreAsItSays() throws Exception {
        var schema =
                document.at("/paths").path("/api/v1/explain").at("/get/responses/200/content/application~1json/schema");
        for (var subject :
                List.of("64:ff9b::8.8.8.8", "192.0.2.1", "ipv4only.arpa", "udp 192.0.2.1:53 -> 100.64.64.1:9")) {
            var target = API + "explain?subject=" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
            var answer = AdminClient.get(socket, target);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            var json = Json.parse(answer.body());
            assertThat(faults(schema, json, subject)).isEmpty();
            assertThat(json.has(json.path("kind").asText())).isTrue();
        }
    }

    private void assertRows(String schema, Object answer, String name) {
        var rows = Json.parse(Json.of(answer)).path(name);
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(faults(document.at("/components/schemas/" + schema), row, schema))
                        .isEmpty());
    }

    /** What in a value is not as a schema says; keys that it does not name are faults, too. */
    private List<String> faults(JsonNode written, JsonNode value, String at) {
        var schema =
                written.has("$ref") ? document.at(written.path("$ref").asText().substring(1)) : written;
        var faults = new ArrayList<String>();
        var type = schema.path("type").asText();
        if (!hasType(type, value)) {
            faults.add(at + " is not of type " + type + ": " + value);
        }
        if (type.equals("array")) {
            value.forEach(item -> faults.addAll(faults(schema.path("items"), item, at + "[]")));
        }
        if (type.equals("object")) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    faults.add(at + " lacks " + name.asText());
                }
            });
            for (var field : value.properties()) {
                var property = schema.path("properties").path(field.getKey());
                if (!property.isMissingNode()) {
                    faults.addAll(faults(property, field.getValue(), at + "." + field.getKey()));
                } else if (!schema.path("additionalProperties").asBoolean()) {
                    faults.add(at + " has " + field.getKey() + ", which is not documented");
                }
            }
        }
        return faults;
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalArgumentException("unknown type: " + type);
        };
    }
}
