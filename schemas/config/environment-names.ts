/** Where the program finds its file; not a setting itself. */
export const configPathName = 'COLDBURN_CONFIG';

/** The settings that have an environment name. The environment wins over the file. */
export const environmentSettings = {
  COLDBURN_HTTP: ['listen', 'http'],
  COLDBURN_OTLP_HTTP: ['listen', 'otlpHttp'],
  COLDBURN_OTLP_GRPC: ['listen', 'otlpGrpc'],
  COLDBURN_DATA_DIR: ['dataDir'],
  COLDBURN_CLICKHOUSE_URL: ['clickhouse', 'url'],
  COLDBURN_CLICKHOUSE_USER: ['clickhouse', 'user'],
  COLDBURN_CLICKHOUSE_PASSWORD: ['clickhouse', 'password'],
  COLDBURN_CLICKHOUSE_DATABASE: ['clickhouse', 'database'],
  COLDBURN_CLICKHOUSE_CLUSTER: ['clickhouse', 'cluster'],
  COLDBURN_ROLES: ['roles'],
  COLDBURN_LOG_LEVEL: ['log', 'level'],
} as const satisfies Record<string, readonly string[]>;

export const knownEnvironmentNames: readonly string[] = [...Object.keys(environmentSettings), configPathName];
