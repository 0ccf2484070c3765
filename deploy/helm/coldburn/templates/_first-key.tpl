{{- /* What `kubectl run` needs to create a key beside pods that do not start yet, as one line of JSON. */ -}}
{{- define "coldburn.firstKeyOverrides" -}}
{{- $pod := dict "root" . "component" "first-key" "roles" "query" -}}
{{- $env := include "coldburn.env" $pod | fromYamlArray -}}
{{- $security := include "coldburn.containerSecurity" $pod | fromYaml -}}
{{- $mounts := list (dict "name" "data" "mountPath" "/data") (dict "name" "tmp" "mountPath" "/tmp") -}}
{{- $volumes := list (dict "name" "data" "emptyDir" (dict)) (dict "name" "tmp" "emptyDir" (dict)) -}}
{{- if .Values.config -}}
{{- $mounts = append $mounts (dict "name" "config" "mountPath" "/etc/coldburn") -}}
{{- $volumes = append $volumes (dict "name" "config" "configMap" (dict "name" (include "coldburn.fullname" .))) -}}
{{- end -}}
{{- $container := dict "name" "first-key" "image" (include "coldburn.image" .) "args" (list "token" "create" "--role" "admin" "--name" "first") -}}
{{- $container = merge $container (dict "env" $env "securityContext" $security "volumeMounts" $mounts) -}}
{{- $spec := include "coldburn.podSpec" $pod | fromYaml -}}
{{- $spec = merge $spec (dict "containers" (list $container) "volumes" $volumes "restartPolicy" "Never") -}}
{{- dict "spec" $spec | toJson -}}
{{- end -}}
