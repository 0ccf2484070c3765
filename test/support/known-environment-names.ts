/** Every setting that has an environment name; the program refuses to start on any other COLDBURN_* name. */
export const knownEnvironmentNames: readonly string[] = [
  'COLDBURN_CONFIG',
  'COLDBURN_HTTP',
  'COLDBURN_OTLP_HTTP',
  'COLDBURN_OTLP_GRPC',
  'COLDBURN_DATA_DIR',
  'COLDBURN_CLICKHOUSE_URL',
  'COLDBURN_CLICKHOUSE_USER',
  'COLDBURN_CLICKHOUSE_PASSWORD',
  'COLDBURN_CLICKHOUSE_DATABASE',
  'COLDBURN_CLICKHOUSE_CLUSTER',
  'COLDBURN_ROLES',
  'COLDBURN_LOG_LEVEL',
];
