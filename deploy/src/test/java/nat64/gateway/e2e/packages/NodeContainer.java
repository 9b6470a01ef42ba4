// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/**
 * The bundle of an OCI runtime (config.json) for the container of a DaemonSet on a node: with the arguments, the
 * security context and the mounts of the manifest.
 */
final class NodeContainer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode pod;
    private final JsonNode container;

    NodeContainer(Path manifest) throws IOException {
        JsonNode daemonSet = JSON.valueToTree(new Yaml().load(Files.readString(manifest)));
        pod = daemonSet.at("/spec/template/spec");
        container = pod.at("/containers/0");
    }

    /**
     * Completes the configuration that {@code crun spec} has written.
     *
     * @param root the root file system of the image
     * @param network the network namespace of the node
     * @param volumes where the node has the volumes that are no directories in memory
     */
    String config(String generated, Path root, Path network, Map<String, Path> volumes) throws IOException {
        var config = (ObjectNode) JSON.readTree(generated);
        var context = container.path("securityContext");
        config.putObject("root")
                .put("path", root.toString())
                .put("readonly", context.path("readOnlyRootFilesystem").asBoolean());
        process((ObjectNode) config.path("process"), context);
        mounts((ArrayNode) config.path("mounts"), volumes);
        var linux = (ObjectNode) config.path("linux");
        linux.remove("resources");
        var namespaces = linux.putArray("namespaces");
        for (var type : new String[] {"pid", "ipc", "uts", "mount"}) {
            namespaces.addObject().put("type", type);
        }
        if (!pod.path("hostNetwork").asBoolean()) {
            throw new IOException("the gateway needs the network of the node: hostNetwork");
        }
        namespaces.addObject().put("type", "network").put("path", network.toString());
        return JSON.writeValueAsString(config);
    }

    private void process(ObjectNode process, JsonNode context) {
        process.put("terminal", false);
        process.put("noNewPrivileges", !context.path("allowPrivilegeEscalation").asBoolean(true));
        process.putObject("user").put("uid", context.path("runAsUser").asInt()).put("gid", 0);
        var arguments = process.putArray("args").add("/usr/bin/nat64"); // the entry point of the image
        container.path("args").forEach(arguments::add);
        process.remove("rlimits");
        var capabilities = process.putObject("capabilities");
        for (var set : new String[] {"bounding", "effective", "permitted"}) {
            var names = capabilities.putArray(set);
            context.at("/capabilities/add").forEach(name -> names.add("CAP_" + name.asText()));
        }
    }

    private void mounts(ArrayNode mounts, Map<String, Path> volumes) {
        for (int i = mounts.size() - 1; i >= 0; i--) {
            if (mounts.get(i).path("type").asText().equals("cgroup")) {
                mounts.remove(i);
            }
        }
        var missing = new TreeSet<>(volumes.keySet());
        for (var volumeMount : container.path("volumeMounts")) {
            var name = volumeMount.path("name").asText();
            var mount = mounts.addObject()
                    .put("destination", volumeMount.path("mountPath").asText());
            if (missing.remove(name)) {
                mount.put("type", "bind").put("source", volumes.get(name) + "");
                mount.putArray("options")
                        .add("bind")
                        .add(volumeMount.path("readOnly").asBoolean() ? "ro" : "rw");
            } else {
                mount.put("type", "tmpfs").put("source", "tmpfs");
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the manifest does not mount " + missing);
        }
    }
}
