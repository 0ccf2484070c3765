import { z } from 'zod';
import { Claim, Labels, Metadata, Name, PodSpec, PortName } from './pod-schema.js';

const Selector = z.strictObject({ matchLabels: Labels });
const Template = z.strictObject({
  metadata: z.strictObject({ labels: Labels, annotations: z.record(z.string(), z.string()) }),
  spec: PodSpec,
});

const Deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata: Metadata,
  spec: z.strictObject({
    replicas: z.int().min(0),
    strategy: z.strictObject({ type: z.literal('Recreate') }).optional(),
    selector: Selector,
    template: Template,
  }),
});

const StatefulSet = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('StatefulSet'),
  metadata: Metadata,
  spec: z.strictObject({
    replicas: z.int().min(0),
    podManagementPolicy: z.enum(['Parallel', 'OrderedReady']).optional(),
    serviceName: Name,
    selector: Selector,
    template: Template,
    volumeClaimTemplates: z.array(Claim).nonempty(),
  }),
});

const Service = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  metadata: Metadata,
  spec: z.strictObject({
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).optional(),
    clusterIP: z.literal('None').optional(),
    publishNotReadyAddresses: z.boolean().optional(),
    selector: Labels,
    ports: z.array(
      z.strictObject({
        name: PortName,
        port: z.int().positive(),
        targetPort: PortName,
        appProtocol: z.enum(['http', 'kubernetes.io/h2c']).optional(),
      }),
    ),
  }),
});

const Ingress = z.strictObject({
  apiVersion: z.literal('networking.k8s.io/v1'),
  kind: z.literal('Ingress'),
  metadata: Metadata,
  spec: z.strictObject({
    ingressClassName: Name.optional(),
    tls: z.array(z.strictObject({ secretName: Name, hosts: z.array(z.string()).nonempty() })).optional(),
    rules: z.array(
      z.strictObject({
        host: z.string().min(1),
        http: z.strictObject({
          paths: z.array(
            z.strictObject({
              path: z.literal('/'),
              pathType: z.enum(['Prefix', 'Exact']),
              backend: z.strictObject({
                service: z.strictObject({ name: Name, port: z.strictObject({ name: PortName }) }),
              }),
            }),
          ),
        }),
      }),
    ),
  }),
});

const Peer = z.partialRecord(z.enum(['podSelector', 'namespaceSelector', 'ipBlock']), z.unknown());

const NetworkPolicy = z.strictObject({
  apiVersion: z.literal('networking.k8s.io/v1'),
  kind: z.literal('NetworkPolicy'),
  metadata: Metadata,
  spec: z.strictObject({
    podSelector: Selector,
    policyTypes: z.tuple([z.literal('Ingress')]),
    ingress: z.array(
      z.strictObject({
        ports: z.array(z.strictObject({ port: PortName, protocol: z.literal('TCP') })),
        from: z.array(Peer).optional(),
      }),
    ),
  }),
});

const PodDisruptionBudget = z.strictObject({
  apiVersion: z.literal('policy/v1'),
  kind: z.literal('PodDisruptionBudget'),
  metadata: Metadata,
  spec: z.strictObject({ maxUnavailable: z.literal(1), selector: Selector }),
});

const ConfigMap = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata: Metadata,
  data: z.record(z.string(), z.string()),
});

const ServiceAccount = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ServiceAccount'),
  metadata: Metadata,
  automountServiceAccountToken: z.literal(false),
});

/** Every kind of object the chart may create. */
export const ChartObject = z.discriminatedUnion('kind', [
  Deployment,
  StatefulSet,
  Service,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  ConfigMap,
  ServiceAccount,
]);
export type ChartObject = z.infer<typeof ChartObject>;
