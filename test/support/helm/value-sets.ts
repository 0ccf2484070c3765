import type { Values } from './render-chart.js';

const clickhouse = { url: 'http://clickhouse.data.svc:8123', existingSecret: 'clickhouse' };

/** What people set: each is checked against the values schema, rendered, and its objects checked. */
export const valueSets: Record<string, Values> = {
  'the defaults': {},
  'embedded, own first key, a configuration file': {
    embedded: { createFirstKey: false, storage: { size: '100Gi', storageClassName: 'fast' } },
    config: { disk: { warnFreeRatio: 0.2 }, limits: { query: { concurrent: 4 } } },
  },
  'server mode': { mode: 'server', clickhouse },
  'server mode without a password, one replica of each': {
    mode: 'server',
    clickhouse: { url: 'https://clickhouse.example.com:8443' },
    ingest: { replicas: 1 },
    web: { replicas: 1 },
  },
  'server mode on a cluster with everything switched on': {
    mode: 'server',
    clickhouse: { ...clickhouse, cluster: 'main', user: 'cb', database: 'cb' },
    config: { log: { format: 'json' } },
    image: { repository: 'registry.example.com/coldburn', tag: '1.2.3' },
    imagePullSecrets: [{ name: 'registry' }],
    fullnameOverride: 'watch',
    ingress: {
      enabled: true,
      className: 'nginx',
      annotations: { 'example.com/size': '64m' },
      host: 'coldburn.example.com',
      otlpHost: 'otlp.example.com',
      tlsSecretName: 'coldburn-tls',
    },
    networkPolicy: {
      enabled: true,
      webFrom: [{ namespaceSelector: { matchLabels: { team: 'platform' } } }],
      otlpFrom: [{ podSelector: {} }],
    },
    service: { annotations: { 'example.com/a': 'b' } },
    serviceAccount: { annotations: { 'example.com/role': 'reader' } },
    podAnnotations: { 'example.com/scrape': 'true' },
    podLabels: { team: 'platform' },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    affinity: { podAntiAffinity: {} },
  },
  'ingress for the web only, an existing service account': {
    ingress: { enabled: true, host: 'coldburn.example.com' },
    serviceAccount: { create: false, name: 'shared' },
    podDisruptionBudget: { enabled: false },
  },
};
