import { z } from 'zod';

// The part of the Kubernetes API (v1.27 and later) the chart keeps to. Strict: the API server drops a misspelt field
// silently, so it has to be refused here.

export const Labels = z.record(z.string(), z.string().max(63));
export const Name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
export const Metadata = z.strictObject({
  name: Name,
  labels: Labels,
  annotations: z.record(z.string(), z.string()).optional(),
});
const Quantity = z.union([z.string().regex(/^\d+(\.\d+)?(m|k|[KMGT]i?)?$/), z.number().positive()]);
const Amounts = z.strictObject({ cpu: Quantity.optional(), memory: Quantity.optional() });
export const PortName = z.string().regex(/^[a-z0-9-]{1,15}$/);

const HttpProbe = z.strictObject({
  httpGet: z.strictObject({ path: z.enum(['/healthz', '/readyz']), port: PortName }),
  periodSeconds: z.int().positive(),
  timeoutSeconds: z.int().positive().optional(),
  failureThreshold: z.int().positive(),
});

const Variable = z.union([
  z.strictObject({ name: z.string(), value: z.string().min(1) }),
  z.strictObject({
    name: z.string(),
    valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: Name, key: z.string() }) }),
  }),
]);

const Container = z.strictObject({
  name: Name,
  image: z.string().regex(/:[\w.-]+$/),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z.array(Variable),
  ports: z.array(z.strictObject({ name: PortName, containerPort: z.int().min(1024).max(65535) })).optional(),
  startupProbe: HttpProbe.optional(),
  livenessProbe: HttpProbe.optional(),
  readinessProbe: HttpProbe.optional(),
  resources: z.strictObject({ requests: Amounts, limits: Amounts.required({ memory: true }) }).optional(),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(
    z.strictObject({ name: Name, mountPath: z.string().startsWith('/'), readOnly: z.boolean().optional() }),
  ),
});

const Volume = z.union([
  z.strictObject({ name: Name, emptyDir: z.strictObject({ sizeLimit: Quantity.optional() }) }),
  z.strictObject({ name: Name, configMap: z.strictObject({ name: Name }) }),
]);

export const PodSpec = z.strictObject({
  serviceAccountName: Name,
  automountServiceAccountToken: z.literal(false),
  enableServiceLinks: z.literal(false),
  terminationGracePeriodSeconds: z.int().gt(10),
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    runAsUser: z.int().positive(),
    runAsGroup: z.int().positive(),
    fsGroup: z.int().positive(),
    fsGroupChangePolicy: z.enum(['OnRootMismatch', 'Always']),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  imagePullSecrets: z.array(z.strictObject({ name: Name })).optional(),
  nodeSelector: Labels.optional(),
  tolerations: z.array(z.record(z.string(), z.unknown())).optional(),
  affinity: z.record(z.string(), z.unknown()).optional(),
  initContainers: z.array(Container).optional(),
  containers: z.tuple([Container]),
  volumes: z.array(Volume),
  restartPolicy: z.literal('Never').optional(),
});

export const Claim = z.strictObject({
  metadata: z.strictObject({ name: Name }),
  spec: z.strictObject({
    accessModes: z.tuple([z.literal('ReadWriteOnce')]),
    storageClassName: z.string().optional(),
    resources: z.strictObject({ requests: z.strictObject({ storage: Quantity }) }),
  }),
});
