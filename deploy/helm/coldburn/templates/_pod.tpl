{{- /*
The parts every pod shares. Called with (dict "root" $ "component" "web" "roles" "query,dashboards").
*/ -}}
{{- define "coldburn.podMetadata" -}}
labels:
  {{- include "coldburn.selectorLabels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with .root.Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  {{- /* A changed coldburn.yaml restarts the pods. */}}
  coldburn/config-sha256: {{ .root.Values.config | toYaml | sha256sum | quote }}
  {{- with .root.Values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "coldburn.podSpec" -}}
serviceAccountName: {{ include "coldburn.serviceAccountName" .root }}
automountServiceAccountToken: false
{{- /* Kubernetes would add COLDBURN_PORT and the like for a Service named coldburn; the program refuses names it does not know. */}}
enableServiceLinks: false
{{- /* The program drains within 10 s of SIGTERM. */}}
terminationGracePeriodSeconds: 30
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "coldburn.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "coldburn.container" -}}
image: {{ include "coldburn.image" .root | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "coldburn.containerSecurity" . | nindent 2 }}
env:
  {{- include "coldburn.env" . | nindent 2 }}
volumeMounts:
  {{- include "coldburn.volumeMounts" . | nindent 2 }}
{{- end -}}

{{- define "coldburn.env" -}}
- name: COLDBURN_LOG_LEVEL
  value: {{ .root.Values.logLevel | quote }}
{{- if .root.Values.config }}
- name: COLDBURN_CONFIG
  value: /etc/coldburn/coldburn.yaml
{{- end }}
{{- if eq .root.Values.mode "server" }}
- name: COLDBURN_ROLES
  value: {{ .roles | quote }}
- name: COLDBURN_CLICKHOUSE_URL
  value: {{ .root.Values.clickhouse.url | quote }}
- name: COLDBURN_CLICKHOUSE_USER
  value: {{ .root.Values.clickhouse.user | quote }}
- name: COLDBURN_CLICKHOUSE_DATABASE
  value: {{ .root.Values.clickhouse.database | quote }}
{{- with .root.Values.clickhouse.cluster }}
- name: COLDBURN_CLICKHOUSE_CLUSTER
  value: {{ . | quote }}
{{- end }}
{{- if .root.Values.clickhouse.existingSecret }}
- name: COLDBURN_CLICKHOUSE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.clickhouse.existingSecret }}
      key: {{ .root.Values.clickhouse.existingSecretKey }}
{{- end }}
{{- if .root.Values.web.sessionSecret.existingSecret }}
- name: SESSION_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.web.sessionSecret.existingSecret }}
      key: {{ .root.Values.web.sessionSecret.existingSecretKey }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "coldburn.volumeMounts" -}}
- name: data
  mountPath: /data
- name: tmp
  mountPath: /tmp
{{- if .root.Values.config }}
- name: config
  mountPath: /etc/coldburn
  readOnly: true
{{- end }}
{{- end -}}

{{- define "coldburn.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- if .root.Values.config }}
- name: config
  configMap:
    name: {{ include "coldburn.fullname" .root }}
{{- end }}
{{- end -}}

{{- define "coldburn.probes" -}}
{{- /* Opening a large data directory and migrating may take minutes; only then does liveness begin. */}}
startupProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 3
  failureThreshold: 100
livenessProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: /readyz
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end -}}

{{- define "coldburn.claim" -}}
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  {{- with .storageClassName }}
  storageClassName: {{ . | quote }}
  {{- end }}
  resources:
    requests:
      storage: {{ .size | quote }}
{{- end -}}
