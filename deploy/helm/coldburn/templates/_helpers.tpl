{{- define "coldburn.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "coldburn.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "coldburn.labels" -}}
{{ include "coldburn.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{- define "coldburn.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "coldburn.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "coldburn.image" -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}

{{- /* Which pods answer on the web port and which take OTLP: one pod for both in embedded mode. */ -}}
{{- define "coldburn.webComponent" -}}
{{- if eq .Values.mode "embedded" -}}embedded{{- else -}}web{{- end -}}
{{- end -}}
{{- define "coldburn.otlpComponent" -}}
{{- if eq .Values.mode "embedded" -}}embedded{{- else -}}ingest{{- end -}}
{{- end -}}

{{- define "coldburn.validate" -}}
{{- if and (eq .Values.mode "server") (not .Values.clickhouse.url) -}}
{{- fail "mode is server but clickhouse.url is empty: set it, for example --set clickhouse.url=http://clickhouse.data.svc:8123" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.enabled is true but ingress.host is empty: set the name people open in the browser" -}}
{{- end -}}
{{- end -}}
