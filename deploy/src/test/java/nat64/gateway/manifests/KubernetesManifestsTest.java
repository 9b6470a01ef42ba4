// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.common.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesManifestsTest {

    private static final Path ROOT = Path.of("kubernetes");
    private static final Path BASE = ROOT.resolve("base");
    private static final int ADMIN_PORT = 6464;
    private static final int PROBE_PORT = 6465;

    private static final Map<String, String> API_VERSIONS = Map.of(
            "Namespace", "v1",
            "Service", "v1",
            "Deployment", "apps/v1",
            "DaemonSet", "apps/v1",
            "PodDisruptionBudget", "policy/v1",
            "PodMonitor", "monitoring.coreos.com/v1",
            "Kustomization", "kustomize.config.k8s.io/v1beta1");

    @ParameterizedTest
    @MethodSource("manifests")
    void hasOnlyKnownFieldsAndAllRequiredOnes(Path file) {
        assertThat(KnownFields.violations(StrictYaml.parse(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void statesTheStableApiVersionOfItsKind(Path file) {
        var manifest = StrictYaml.parse(file);

        assertThat(manifest.path("apiVersion").asText())
                .isEqualTo(API_VERSIONS.get(manifest.path("kind").asText()));
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void kustomizationListsExactlyTheFilesBesideIt(Path file) {
        var kustomization = StrictYaml.parse(file);
        var listed = Stream.concat(
                texts(kustomization.path("resources")).filter(name -> name.endsWith(".yaml")),
                elements(kustomization.path("configMapGenerator"))
                        .flatMap(generator -> texts(generator.path("files")))
                        .map(source -> source.substring(source.indexOf('=') + 1)));

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(files().filter(other ->
                                other.resolveSibling(file.getFileName()).equals(file))
                        .filter(other -> !other.equals(file))
                        .map(KubernetesManifestsTest::name)
                        .toList());
    }

    /** Whoever keeps the admin server busy does not keep probes waiting. */
    @ParameterizedTest
    @MethodSource("workloads")
    void probesAskAPortOfTheirOwn(Path file) {
        var container = container(file);
        var ports = elements(container.path("ports"))
                .collect(Collectors.toMap(
                        port -> port.path("name").asText(),
                        port -> port.path("containerPort").asInt()));

        assertThat(ports).containsEntry("admin", ADMIN_PORT).containsEntry("probes", PROBE_PORT);
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            var get = container.path(probe).path("httpGet");
            assertThat(get.path("port").asText()).as(probe).isEqualTo("probes");
            assertThat(get.path("path").asText())
                    .as(probe)
                    .isEqualTo(probe.equals("readinessProbe") ? "/readyz" : "/livez");
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void hasNoCapabilityButThoseItNeeds(Path file) {
        var security = container(file).path("securityContext");

        assertThat(texts(security.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(texts(security.at("/capabilities/add")))
                .containsExactlyElementsOf(name(file).startsWith("gateway") ? List.of("NET_ADMIN") : List.of());
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void selectsItsOwnPods(Path file) {
        var spec = StrictYaml.parse(file).path("spec");

        assertThat(spec.at("/template/metadata/labels")).isEqualTo(spec.at("/selector/matchLabels"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void mountsOnlyVolumesThatItDeclaresAndConfigMapsThatAreGenerated(Path file) {
        var pod = StrictYaml.parse(file).at("/spec/template/spec");
        var generated = elements(
                        StrictYaml.parse(BASE.resolve("kustomization.yaml")).path("configMapGenerator"))
                .map(generator -> generator.path("name").asText())
                .toList();

        assertThat(elements(container(file).path("volumeMounts"))
                        .map(mount -> mount.path("name").asText()))
                .containsExactlyInAnyOrderElementsOf(elements(pod.path("volumes"))
                        .map(volume -> volume.path("name").asText())
                        .toList());
        assertThat(elements(pod.path("volumes"))
                        .filter(volume -> volume.has("configMap"))
                        .map(volume -> volume.at("/configMap/name").asText()))
                .isNotEmpty()
                .isSubsetOf(generated);
    }

    @Test
    void gatewayGetsTheTunDeviceAndTheNodesNetwork() {
        var pod = StrictYaml.parse(BASE.resolve("gateway-daemonset.yaml")).at("/spec/template/spec");

        assertThat(pod.path("hostNetwork").asBoolean()).isTrue();
        assertThat(elements(pod.path("volumes")).map(volume -> volume.path("hostPath")))
                .anySatisfy(tun -> {
                    assertThat(tun.path("path").asText()).isEqualTo("/dev/net/tun");
                    assertThat(tun.path("type").asText()).isEqualTo("CharDevice");
                });
    }

    @Test
    void serviceLeadsToThePortsOfDnsAlone() {
        var service = StrictYaml.parse(BASE.resolve("dns64-service.yaml")).path("spec");
        var deployment = BASE.resolve("dns64-deployment.yaml");
        var offered = elements(container(deployment).path("ports"))
                .filter(port -> port.path("name").asText().startsWith("dns"))
                .map(port ->
                        port.path("name").asText() + "/" + port.path("protocol").asText())
                .toList();

        assertThat(service.path("selector"))
                .isEqualTo(StrictYaml.parse(deployment).at("/spec/selector/matchLabels"));
        assertThat(elements(service.path("ports"))
                        .map(port -> port.path("targetPort").asText() + "/"
                                + port.path("protocol").asText()))
                .containsExactlyInAnyOrderElementsOf(offered);
    }

    @Test
    void podMonitorScrapesAPortOfTheDeployment() {
        var monitor = StrictYaml.parse(ROOT.resolve("monitored/dns64-pod-monitor.yaml"))
                .path("spec");
        var deployment = BASE.resolve("dns64-deployment.yaml");

        assertThat(monitor.at("/selector/matchLabels"))
                .isEqualTo(StrictYaml.parse(deployment).at("/spec/template/metadata/labels"));
        assertThat(elements(monitor.path("podMetricsEndpoints"))
                        .map(endpoint -> endpoint.path("port").asText()))
                .isNotEmpty()
                .isSubsetOf(elements(container(deployment).path("ports"))
                        .map(port -> port.path("name").asText())
                        .toList());
    }

    /** Its configuration is a copy, since kustomize can't change a line of a file. */
    @Test
    void whatIsMonitoredDiffersInTheAdminServerAlone() {
        var base = StrictYaml.parse(BASE.resolve("dns64.nat64.yaml"));
        var monitored = StrictYaml.parse(ROOT.resolve("monitored/dns64.nat64.yaml"));

        for (var key : base.properties()) {
            if (!key.getKey().equals("admin")) {
                assertThat(monitored.path(key.getKey())).as(key.getKey()).isEqualTo(key.getValue());
            }
        }
        assertThat(monitored.at("/admin/listen").asText()).isEqualTo("[::]:" + ADMIN_PORT);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void configurationIsAcceptedForTheRoleOfItsPod(Path file) {
        var config = ConfigFile.load(file).config();

        assertThat(config.role()).isEqualTo(name(file).startsWith("gateway") ? Role.TRANSLATOR : Role.DNS64);
        assertThat(config.admin().enabled()).isTrue();
        assertThat(config.admin().listen().getPort()).isEqualTo(ADMIN_PORT);
        assertThat(config.admin().probes().orElseThrow().getPort()).isEqualTo(PROBE_PORT);
    }

    @Test
    void bothHalvesUseTheSamePrefix() {
        assertThat(StrictYaml.parse(BASE.resolve("dns64.nat64.yaml")).path("pref64"))
                .isEqualTo(StrictYaml.parse(BASE.resolve("gateway.nat64.yaml")).path("pref64"));
    }

    @Test
    void dns64ListensWhereItsServiceSends() {
        var listen = StrictYaml.parse(BASE.resolve("dns64.nat64.yaml")).at("/dns64/listen");
        var dns = container(BASE.resolve("dns64-deployment.yaml")).at("/ports/0");

        assertThat(texts(listen))
                .containsExactly("[::]:" + dns.path("containerPort").asInt());
    }

    static Stream<Path> manifests() {
        return files().filter(file -> !name(file).endsWith(".nat64.yaml"));
    }

    static Stream<Path> configurations() {
        return files().filter(file -> name(file).endsWith(".nat64.yaml"));
    }

    static Stream<Path> kustomizations() {
        return files().filter(file -> name(file).equals("kustomization.yaml"));
    }

    static Stream<Path> workloads() {
        return manifests()
                .filter(file -> StrictYaml.parse(file).at("/spec/template/spec").isObject());
    }

    private static Stream<Path> files() {
        try (var tree = Files.walk(ROOT)) {
            return tree.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static JsonNode container(Path workload) {
        return StrictYaml.parse(workload).at("/spec/template/spec/containers/0");
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return list.valueStream();
    }

    private static Stream<String> texts(JsonNode list) {
        return elements(list).map(JsonNode::asText);
    }
}
