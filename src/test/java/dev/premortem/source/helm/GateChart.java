package dev.premortem.source.helm;

/** A chart of ten templates that is built as proxies' charts are: named templates, loops over ports, a claim or an empty folder. */
final class GateChart {
    private GateChart() {}

    static HelmTests add(HelmTests tree, String folder) {
        return tree.chart(folder, "gate")
                .file(folder + "/values.yaml", VALUES)
                .file(folder + "/values.schema.json", """
                        {"type": "object", "properties": {"kind": {"enum": ["Deployment", "DaemonSet"]}}}
                        """)
                .file(folder + "/templates/_helpers.tpl", HELPERS)
                .file(folder + "/templates/_pod.tpl", POD)
                .file(folder + "/templates/deployment.yaml", DEPLOYMENT)
                .file(folder + "/templates/daemonset.yaml", DAEMON_SET)
                .file(folder + "/templates/service.yaml", SERVICE)
                .file(folder + "/templates/claim.yaml", CLAIM)
                .file(folder + "/templates/budget.yaml", BUDGET)
                .file(folder + "/templates/secret.yaml", SECRET)
                .file(folder + "/templates/hooks.yaml", HOOKS)
                .file(folder + "/crds/routes.yaml", """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata:
                          name: routes.gate.example
                        """);
    }

    static final String MINE = """
            # the owner's values
            deployment:
              replicas: 2
              minReady: "15"
            image:
              tag: v3.1.4
            persistence:
              enabled: false
            ports:
              web:
                port: 8081
              admin:
                port: 9000
                hostPort: 9001
            budget:
              minAvailable: 1
            resources:
              limits:
                memory: 300Mi
            arguments:
              - --log=debug
              - --name={{ .Release.Name }}
            """;

    private static final String VALUES = """
            kind: Deployment
            deployment:
              replicas: 1
              minReady: 0
            image:
              registry: docker.io
              repository: gate
              tag: ""
              pullPolicy: IfNotPresent
            persistence:
              enabled: true
              size: 128Mi
            ports:
              web:
                port: 8000
                protocol: TCP
            budget: {}
            service:
              enabled: true
              type: LoadBalancer
            securityContext:
              runAsNonRoot: true
              runAsUser: 65532
            resources: {}
            arguments: []
            """;

    private static final String HELPERS = """
            {{- define "gate.name" -}}
            {{ .Release.Name }}-{{ .Chart.Name }}
            {{- end }}
            {{- define "gate.labels" -}}
            app.kubernetes.io/name: {{ .Chart.Name }}
            app.kubernetes.io/instance: {{ .Release.Name }}
            {{- end }}
            {{- define "gate.image" -}}
            {{ .Values.image.registry }}/{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion | default "v3.0.0" }}
            {{- end }}
            """;

    private static final String POD = """
            {{- define "gate.pod" -}}
            metadata:
              labels:
                {{- include "gate.labels" . | nindent 4 }}
            spec:
              terminationGracePeriodSeconds: 60
              containers:
                - name: gate
                  image: {{ include "gate.image" . }}
                  imagePullPolicy: {{ .Values.image.pullPolicy }}
                  args:
                    {{- range $name, $port := .Values.ports }}
                    - "--entry.{{ $name }}=:{{ $port.port }}"
                    {{- end }}
                    {{- range .Values.arguments }}
                    - {{ tpl . $ | quote }}
                    {{- end }}
                  ports:
                    {{- range $name, $port := .Values.ports }}
                    - name: {{ $name }}
                      containerPort: {{ $port.port }}
                      {{- with $port.hostPort }}
                      hostPort: {{ . }}
                      {{- end }}
                    {{- end }}
                  securityContext:
                    {{- toYaml .Values.securityContext | nindent 8 }}
                  {{- with .Values.resources }}
                  resources:
                    {{- toYaml . | nindent 8 }}
                  {{- else }}
                  resources: {}
                  {{- end }}
                  volumeMounts:
                    - name: store
                      mountPath: /store
              volumes:
                - name: store
                  {{- if .Values.persistence.enabled }}
                  persistentVolumeClaim:
                    claimName: {{ include "gate.name" . }}
                  {{- else }}
                  emptyDir: {}
                  {{- end }}
            {{- end }}
            """;

    private static final String DEPLOYMENT = """
            {{- if eq .Values.kind "Deployment" }}
            {{- if not (semverCompare ">=3.0.0-0" (.Values.image.tag | default "v3.0.0")) }}
            {{- fail "too old" }}
            {{- end }}
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ include "gate.name" . }}
              namespace: {{ .Release.Namespace }}
            spec:
              replicas: {{ .Values.deployment.replicas }}
              minReadySeconds: {{ .Values.deployment.minReady }}
              selector:
                matchLabels:
                  {{- include "gate.labels" . | nindent 6 }}
              template:
                {{- include "gate.pod" . | nindent 4 }}
            {{- end }}
            """;

    private static final String DAEMON_SET = """
            {{- if eq .Values.kind "DaemonSet" }}
            apiVersion: apps/v1
            kind: DaemonSet
            metadata:
              name: {{ include "gate.name" . }}
            spec:
              selector:
                matchLabels:
                  {{- include "gate.labels" . | nindent 6 }}
              template:
                {{- include "gate.pod" . | nindent 4 }}
            {{- end }}
            """;

    private static final String SERVICE = """
            {{- if .Values.service.enabled }}
            apiVersion: v1
            kind: Service
            metadata:
              name: {{ include "gate.name" . }}
            spec:
              type: {{ .Values.service.type }}
              selector:
                {{- include "gate.labels" . | nindent 4 }}
              ports:
                {{- range $name, $port := .Values.ports }}
                - name: {{ $name }}
                  port: {{ $port.port }}
                  protocol: {{ $port.protocol | default "TCP" }}
                {{- end }}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: {{ include "gate.name" . }}
            automountServiceAccountToken: true
            {{- end }}
            """;

    private static final String CLAIM = """
            {{- if .Values.persistence.enabled }}
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata:
              name: {{ include "gate.name" . }}
            spec:
              accessModes: [ReadWriteOnce]
              resources:
                requests:
                  storage: {{ .Values.persistence.size }}
            {{- end }}
            """;

    private static final String BUDGET = """
            {{- if .Values.budget }}
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata:
              name: {{ include "gate.name" . }}
            spec:
              {{- toYaml .Values.budget | nindent 2 }}
              selector:
                matchLabels:
                  {{- include "gate.labels" . | nindent 6 }}
            {{- end }}
            """;

    private static final String SECRET = """
            {{- $ca := genCA "gate" 365 }}
            {{- $old := lookup "v1" "Secret" .Release.Namespace "gate-tls" }}
            apiVersion: v1
            kind: Secret
            metadata:
              name: gate-tls
              annotations:
                made: {{ now | date "2006-01-02" | quote }}
                found: {{ len $old | quote }}
            type: kubernetes.io/tls
            data:
              tls.crt: {{ $ca.Cert | b64enc }}
              tls.key: {{ $ca.Key | b64enc }}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata:
              name: gate
            webhooks:
              - name: now.gate.example
                clientConfig:
                  caBundle: {{ $ca.Cert | b64enc }}
            """;

    private static final String HOOKS = """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: migrate
              annotations:
                helm.sh/hook: pre-upgrade
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: try-it
              annotations:
                helm.sh/hook: test
            """;
}
