package io.sentimentstreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifests against Kubernetes' own types, and against each other. */
final class KubernetesFilesTest {
  private static final Path SETTINGS = Deployed.KUBERNETES.resolve("sentiment.yaml");

  /** Refuses fields that Kubernetes does not know; its types would take up any. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  @ParameterizedTest
  @CsvSource({
    "namespace.yaml, io.fabric8.kubernetes.api.model.Namespace",
    "deployment.yaml, io.fabric8.kubernetes.api.model.apps.Deployment",
    "service.yaml, io.fabric8.kubernetes.api.model.Service",
    "secret.example.yaml, io.fabric8.kubernetes.api.model.Secret",
    "disruption-budget.yaml, io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget"
  })
  void manifest_read_hasOnlyFieldsThatKubernetesKnows(String file, Class<?> type)
      throws IOException {
    assertThat(STRICT.treeToValue(manifest(file), type)).isNotNull();
  }

  @Test
  void manifest_withAFieldThatKubernetesDoesNotKnow_isRefused() throws IOException {
    ObjectNode deployment = (ObjectNode) manifest("deployment.yaml");
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0/livenessProbe"))
        .put("periodSecond", 3);

    assertThatThrownBy(() -> STRICT.treeToValue(deployment, Deployment.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("periodSecond");
  }

  @Test
  void kustomization_all_namesTheFilesThatAreThere() throws IOException {
    JsonNode kustomization = manifest("kustomization.yaml");

    assertThat(kustomization.path("resources")).isNotEmpty();
    for (JsonNode resource : kustomization.path("resources")) {
      assertThat(Deployed.KUBERNETES.resolve(resource.asText())).isRegularFile();
    }
    assertThat(kustomization.at("/configMapGenerator/0/files/0").asText())
        .isEqualTo("sentiment.yaml");
    assertThat(kustomization.at("/configMapGenerator/0/name").asText())
        .isEqualTo(volume("settings").getConfigMap().getName());
  }

  @Test
  void settings_ofTheConfigMap_areThoseOfTheStream() {
    StreamSettings settings = settings();
    TopicCatalog topics = TopicCatalog.read(Path.of("topics"));

    assertThat(settings.http().host()).isEqualTo("0.0.0.0");
    for (Route route : settings.routes()) {
      route.inputs().forEach(input -> assertThat(topics.topic(input)).isNotNull());
      assertThat(topics.topic(route.output())).isNotNull();
      assertThat(route.model().startsWith("/opt/sentiment/models")).isTrue();
      assertThat(Path.of("models").resolve(route.model().getFileName())).isDirectory();
    }
  }

  @Test
  void pod_stopped_hasMoreTimeThanTheStreamTakes() throws IOException {
    long grace = deployment().getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();

    assertThat(grace).isGreaterThan(settings().closeTimeout().toSeconds());
  }

  @Test
  void probes_ofThePod_askWhereTheApplicationAnswers() throws IOException {
    var container = deployment().getSpec().getTemplate().getSpec().getContainers().get(0);

    assertThat(container.getPorts().get(0).getContainerPort()).isEqualTo(settings().http().port());
    for (Probe probe :
        List.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())) {
      assertThat(probe.getHttpGet().getPort().getStrVal())
          .isEqualTo(container.getPorts().get(0).getName());
    }
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/health/live");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
  }

  @Test
  void container_ofThePod_canDoLittle() throws IOException {
    var pod = deployment().getSpec().getTemplate().getSpec();
    var container = pod.getContainers().get(0);

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactlyInAnyOrderElementsOf(
            pod.getVolumes().stream().map(Volume::getName).toList());
    assertThat(container.getEnvFrom().get(0).getSecretRef().getName())
        .isEqualTo(read("secret.example.yaml", Secret.class).getMetadata().getName());
  }

  @Test
  void scaling_byKeda_goesByTheGroupAndTopicsOfTheStream() throws IOException {
    JsonNode spec = manifest("scaled-object.yaml").path("spec");
    StreamSettings settings = settings();

    assertThat(spec.at("/scaleTargetRef/name").asText())
        .isEqualTo(deployment().getMetadata().getName());
    assertThat(spec.path("triggers"))
        .allSatisfy(
            trigger -> {
              JsonNode metadata = trigger.path("metadata");
              assertThat(metadata.path("consumerGroup").asText())
                  .isEqualTo(settings.applicationId());
              assertThat(metadata.path("bootstrapServers").asText())
                  .isEqualTo(settings.bootstrapServers());
              assertThat(metadata).allMatch(JsonNode::isTextual);
            })
        .extracting(trigger -> trigger.at("/metadata/topic").asText())
        .containsExactlyInAnyOrderElementsOf(
            settings.routes().stream().flatMap(route -> route.inputs().stream()).toList());
    assertThat(spec.path("maxReplicaCount").asInt() * settings.threads())
        .isEqualTo(partitions(settings));
  }

  private static int partitions(StreamSettings settings) {
    TopicCatalog topics = TopicCatalog.read(Path.of("topics"));
    return settings.routes().stream()
        .flatMap(route -> route.inputs().stream())
        .mapToInt(input -> topics.topic(input).partitions())
        .sum();
  }

  @Test
  void monitor_ofTheService_scrapesTheMetricsUnderTheJobOfTheAlerts() throws IOException {
    JsonNode monitor = manifest("service-monitor.yaml");
    JsonNode label = manifest("kustomization.yaml").at("/labels/0");
    Service service = read("service.yaml", Service.class);

    assertThat(label.path("includeSelectors").asBoolean()).isTrue();
    assertThat(monitor.at("/spec/selector/matchLabels")).isEqualTo(label.path("pairs"));
    String job = monitor.at("/spec/jobLabel").asText();
    String name = label.path("pairs").path(job).asText();
    assertThat(name).isEqualTo("sentiment-streams");
    assertThat(Deployed.alerts())
        .allSatisfy(alert -> assertThat(alert.expression()).contains("job=\"%s\"".formatted(name)));
    assertThat(monitor.at("/spec/endpoints/0/port").asText())
        .isEqualTo(service.getSpec().getPorts().get(0).getName());
    assertThat(monitor.at("/spec/endpoints/0/path").asText()).isEqualTo("/metrics");
  }

  @Test
  void disruptionBudget_selects_thePods() throws IOException {
    JsonNode selector = manifest("disruption-budget.yaml").at("/spec/selector/matchLabels");

    assertThat(selector).isEqualTo(manifest("kustomization.yaml").at("/labels/0/pairs"));
  }

  @Test
  void prometheusRule_written_hasTheAlerts() throws Exception {
    Program.Run run =
        Program.require("bash").run(Deployed.KUBERNETES.resolve("prometheus-rule.sh").toString());

    assertThat(run.status()).as(run.output()).isZero();
    List<JsonNode> documents = Deployed.documents(run.output());
    assertThat(documents).hasSize(1);
    assertThat(documents.get(0).path("kind").asText()).isEqualTo("PrometheusRule");
    assertThat(documents.get(0).path("spec"))
        .isEqualTo(Deployed.yaml(Deployed.PROMETHEUS.resolve("alerts.yml")));
  }

  /** By the kubectl of this machine, if there is one. */
  @Test
  void kustomization_built_isWhole() throws Exception {
    Program.Run run = Program.require("kubectl").run("kustomize", Deployed.KUBERNETES.toString());

    assertThat(run.status()).as(run.output()).isZero();
    List<JsonNode> documents = Deployed.documents(run.output());
    assertThat(documents)
        .extracting(document -> document.path("kind").asText())
        .contains("ConfigMap", "Deployment", "Service", "ScaledObject", "ServiceMonitor");
    for (JsonNode document : documents) {
      if (document.path("kind").asText().equals("Deployment")) {
        Deployment deployment = STRICT.treeToValue(document, Deployment.class);
        assertThat(deployment.getSpec().getSelector().getMatchLabels())
            .isEqualTo(Map.of("app.kubernetes.io/name", "sentiment-streams"));
      }
    }
  }

  private static StreamSettings settings() {
    return SettingsLoader.load(SETTINGS, Map.of(), Map.of());
  }

  private static Deployment deployment() throws IOException {
    return read("deployment.yaml", Deployment.class);
  }

  private static Volume volume(String name) throws IOException {
    return deployment().getSpec().getTemplate().getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static <T> T read(String file, Class<T> type) throws IOException {
    return STRICT.treeToValue(manifest(file), type);
  }

  private static JsonNode manifest(String file) throws IOException {
    return Deployed.yaml(Deployed.KUBERNETES.resolve(file));
  }
}
