// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fields of the Kubernetes kinds that are shipped, as far as they are used: the API server ignores a misspelt
 * field, this does not. A field without a type holds scalars, {@code map} any text by any key, and a trailing
 * {@code !} says that the field must be there. Lists have the type of their elements.
 */
@SuppressWarnings("checkstyle:LineLength") // a line for each type
final class KnownFields {

    private static final Map<String, Map<String, String>> TYPES = read("""
            Namespace: apiVersion! kind! metadata:ObjectMeta!
            Service: apiVersion! kind! metadata:ObjectMeta! spec:ServiceSpec!
            Deployment: apiVersion! kind! metadata:ObjectMeta! spec:DeploymentSpec!
            DaemonSet: apiVersion! kind! metadata:ObjectMeta! spec:DaemonSetSpec!
            PodDisruptionBudget: apiVersion! kind! metadata:ObjectMeta! spec:DisruptionBudgetSpec!
            PodMonitor: apiVersion! kind! metadata:ObjectMeta! spec:PodMonitorSpec!
            Kustomization: apiVersion! kind! namespace labels:LabelPairs resources! configMapGenerator:Generator images:Image

            ObjectMeta: name! labels:map annotations:map
            PodMeta: labels:map! annotations:map
            LabelSelector: matchLabels:map!

            ServiceSpec: type clusterIP ipFamilyPolicy ipFamilies selector:map! ports:ServicePort!
            ServicePort: name! port! targetPort! protocol!

            DeploymentSpec: replicas selector:LabelSelector! strategy:Strategy template:PodTemplate!
            DaemonSetSpec: selector:LabelSelector! updateStrategy:Strategy template:PodTemplate!
            Strategy: type! rollingUpdate:RollingUpdate
            RollingUpdate: maxSurge maxUnavailable
            DisruptionBudgetSpec: maxUnavailable minAvailable selector:LabelSelector!

            PodTemplate: metadata:PodMeta! spec:PodSpec!
            PodSpec: automountServiceAccountToken! containers:Container! dnsPolicy enableServiceLinks hostNetwork \
            nodeSelector:map priorityClassName securityContext:PodSecurity! terminationGracePeriodSeconds tolerations:Toleration \
            topologySpreadConstraints:Spread volumes:Volume
            PodSecurity: runAsNonRoot runAsUser runAsGroup seccompProfile:Seccomp!
            Seccomp: type!
            Toleration: key operator value effect
            Spread: maxSkew! topologyKey! whenUnsatisfiable! labelSelector:LabelSelector!
            Container: name! image! args ports:ContainerPort! startupProbe:Probe! livenessProbe:Probe! readinessProbe:Probe! \
            resources:Resources! securityContext:ContainerSecurity! volumeMounts:Mount
            ContainerPort: name! containerPort! hostPort protocol!
            Probe: httpGet:HttpGet! periodSeconds timeoutSeconds failureThreshold successThreshold initialDelaySeconds
            HttpGet: host path! port! scheme
            Resources: requests:map! limits:map!
            ContainerSecurity: allowPrivilegeEscalation! capabilities:Capabilities! readOnlyRootFilesystem! runAsUser runAsNonRoot
            Capabilities: drop! add
            Mount: name! mountPath! readOnly
            Volume: name! configMap:ConfigMapVolume hostPath:HostPath emptyDir:map
            ConfigMapVolume: name!
            HostPath: path! type!

            PodMonitorSpec: selector:LabelSelector! podMetricsEndpoints:Endpoint!
            Endpoint: port! path interval scrapeTimeout

            LabelPairs: pairs:map! includeSelectors includeTemplates
            Generator: name! behavior files!
            Image: name! newName newTag
            """);

    private KnownFields() {}

    /** What is wrong with the manifest, one line each, by the path of the field. */
    static List<String> violations(JsonNode manifest) {
        var found = new ArrayList<String>();
        String kind = manifest.path("kind").asText();
        if (TYPES.containsKey(kind)) {
            check(kind, kind, manifest, found);
        } else {
            found.add("unknown kind '" + kind + "'");
        }
        return found;
    }

    private static void check(String path, String type, JsonNode value, List<String> found) {
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", type, value.get(i), found);
            }
        } else if (type.isEmpty()) {
            require(value.isValueNode() && !value.isNull(), path + " must be a scalar", found);
        } else if (type.equals("map")) {
            require(
                    value.isObject() && value.valueStream().allMatch(JsonNode::isValueNode),
                    path + " must map to scalars",
                    found);
        } else {
            checkObject(path, Objects.requireNonNull(TYPES.get(type), type), value, found);
        }
    }

    private static void checkObject(String path, Map<String, String> fields, JsonNode value, List<String> found) {
        require(value.isObject(), path + " must be an object", found);
        fields.forEach((field, type) ->
                require(!type.endsWith("!") || value.has(field), path + "." + field + " is missing", found));
        value.properties().forEach(property -> {
            String at = path + "." + property.getKey();
            String type = fields.get(property.getKey());
            if (type == null) {
                found.add(at + " is not known");
            } else {
                check(at, type.replace("!", ""), property.getValue(), found);
            }
        });
    }

    private static void require(boolean holds, String violation, List<String> found) {
        if (!holds) {
            found.add(violation);
        }
    }

    private static Map<String, Map<String, String>> read(String table) {
        var types = new HashMap<String, Map<String, String>>();
        table.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(": ");
            types.put(line.substring(0, colon), fields(line.substring(colon + 2)));
        });
        return types;
    }

    private static Map<String, String> fields(String words) {
        var fields = new LinkedHashMap<String, String>();
        for (String word : words.split(" +", -1)) {
            boolean required = word.endsWith("!");
            String bare = required ? word.substring(0, word.length() - 1) : word;
            int colon = bare.indexOf(':');
            String name = colon < 0 ? bare : bare.substring(0, colon);
            String type = colon < 0 ? "" : bare.substring(colon + 1);
            fields.put(name, required ? type + "!" : type);
        }
        return fields;
    }
}
