{{- define "deskwell.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "deskwell.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "deskwell.labels" -}}
{{ include "deskwell.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "deskwell.secret" -}}
{{ .Values.existingSecret | default (include "deskwell.name" .) }}
{{- end }}

{{/* What web, worker and the migration have in common: the image, its settings, and no rights. */}}
{{- define "deskwell.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
env:
  - { name: DESKWELL_BASE_URL, value: {{ .Values.baseUrl | quote }} }
  - { name: DESKWELL_DATA_DIR, value: /data }
  - { name: DESKWELL_DATABASE_POOL_SIZE, value: {{ .Values.database.poolSize | quote }} }
  - { name: DESKWELL_TRUSTED_PROXIES, value: {{ .Values.trustedProxies | quote }} }
  {{- range $name, $value := .Values.env }}
  - { name: {{ $name }}, value: {{ $value | quote }} }
  {{- end }}
envFrom:
  - secretRef: { name: {{ include "deskwell.secret" . }} }
volumeMounts:
  - { name: scratch, mountPath: /data }
  - { name: scratch, mountPath: /tmp }
{{- end }}

{{- define "deskwell.pod" -}}
serviceAccountName: {{ include "deskwell.name" . }}
automountServiceAccountToken: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
volumes:
  - name: scratch
    emptyDir: {}
{{- end }}
