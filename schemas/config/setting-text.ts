import { formatByteSize } from './byte-size.js';
import type { Config } from './config.js';
import { formatDuration } from './duration.js';
import { formatHostPort } from './host-port.js';
import type { Secret } from './secret.js';

/** A setting as it would stand in the file. Of secrets only their existence, and the names they go by. */
export type SettingValue =
  | { kind: 'plain'; value: string | number | null | readonly (string | object)[] }
  | { kind: 'map'; value: Readonly<Record<string, unknown>> }
  | { kind: 'secret' }
  | { kind: 'secrets'; names: readonly string[] };

type Plain = Extract<SettingValue, { kind: 'plain' }>['value'];

/** Every effective setting in the order of the schema, in the units people write. A missing one does not compile. */
export function settingValues(config: Config): ReadonlyMap<string, SettingValue> {
  const {
    listen,
    clickhouse,
    log,
    limits,
    disk,
    retention,
    ingest,
    backup,
    settle,
    slos,
    alerting,
    access,
    queues,
    cost,
    business,
    telemetry,
  } = config;
  const size = (bytes: number | 'auto') => (bytes === 'auto' ? bytes : formatByteSize(bytes));
  const values: Record<SettingName, Plain | Exclude<SettingValue, { kind: 'plain' }>> = {
    'listen.http': formatHostPort(listen.http),
    'listen.otlpHttp': formatHostPort(listen.otlpHttp),
    'listen.otlpGrpc': formatHostPort(listen.otlpGrpc),
    dataDir: config.dataDir,
    'clickhouse.url': clickhouse.url,
    'clickhouse.user': clickhouse.user,
    'clickhouse.password': clickhouse.password === null ? null : { kind: 'secret' },
    'clickhouse.database': clickhouse.database,
    'clickhouse.cluster': clickhouse.cluster,
    roles: config.roles,
    'log.level': log.level,
    'log.format': log.format,
    'limits.memoryBytes': size(limits.memoryBytes),
    'limits.query.timeMs': formatDuration(limits.query.timeMs),
    'limits.query.memoryBytes': size(limits.query.memoryBytes),
    'limits.query.concurrent': limits.query.concurrent,
    'disk.warnFreeRatio': disk.warnFreeRatio,
    'disk.stopFreeRatio': disk.stopFreeRatio,
    'disk.stopFreeBytes': formatByteSize(disk.stopFreeBytes),
    'retention.invocations': `${retention.invocations}d`,
    'retention.spans': `${retention.spans}d`,
    'retention.logs': `${retention.logs}d`,
    'retention.metric_points': `${retention.metric_points}d`,
    'retention.platform_reports': `${retention.platform_reports}d`,
    'retention.invocations_1m': `${retention.invocations_1m}d`,
    'retention.invocations_1h': `${retention.invocations_1h}d`,
    'retention.usage_1d': `${retention.usage_1d}d`,
    'retention.shared_time_1h': `${retention.shared_time_1h}d`,
    'retention.tagged_usage_1h': `${retention.tagged_usage_1h}d`,
    'retention.latency_1m': `${retention.latency_1m}d`,
    'retention.latency_1h': `${retention.latency_1h}d`,
    'retention.latency_1d': `${retention.latency_1d}d`,
    'retention.span_errors': `${retention.span_errors}d`,
    'retention.errors_1m': `${retention.errors_1m}d`,
    'retention.dependencies_1m': `${retention.dependencies_1m}d`,
    'retention.provider_counts': `${retention.provider_counts}d`,
    'retention.counted_1h': `${retention.counted_1h}d`,
    'retention.seen_1h': `${retention.seen_1h}d`,
    'retention.queue_flow_1m': `${retention.queue_flow_1m}d`,
    'retention.concurrency_1m': `${retention.concurrency_1m}d`,
    'retention.queue_depths': `${retention.queue_depths}d`,
    'retention.slo_ledger_1m': `${retention.slo_ledger_1m}d`,
    'retention.slo_ledger_1h': `${retention.slo_ledger_1h}d`,
    'retention.slo_ledger_1d': `${retention.slo_ledger_1d}d`,
    'retention.tenants': { kind: 'map', value: retention.tenants },
    'ingest.maxBodyBytes': formatByteSize(ingest.maxBodyBytes),
    'ingest.insertEveryMs': formatDuration(ingest.insertEveryMs),
    'ingest.duplicateWindowMs': formatDuration(ingest.duplicateWindowMs),
    'ingest.limits.requestsPerSecond': ingest.limits.requestsPerSecond,
    'ingest.limits.bytesPerSecond': formatByteSize(ingest.limits.bytesPerSecond),
    'ingest.limits.attributesPerItem': ingest.limits.attributesPerItem,
    'ingest.limits.keyBytes': formatByteSize(ingest.limits.keyBytes),
    'ingest.limits.valueBytes': formatByteSize(ingest.limits.valueBytes),
    'ingest.limits.nameBytes': formatByteSize(ingest.limits.nameBytes),
    'ingest.limits.bodyBytes': formatByteSize(ingest.limits.bodyBytes),
    'ingest.limits.functions': ingest.limits.functions,
    'ingest.limits.attributeKeys': ingest.limits.attributeKeys,
    'ingest.limits.spanNames': ingest.limits.spanNames,
    'ingest.limits.metricNames': ingest.limits.metricNames,
    'ingest.limits.columnValues': ingest.limits.columnValues,
    'ingest.sampling.spansRatio': ingest.sampling.spansRatio,
    'ingest.sampling.logsRatio': ingest.sampling.logsRatio,
    'ingest.sampling.slowMs': formatDuration(ingest.sampling.slowMs),
    'ingest.redaction.rules': ingest.redaction.rules,
    'ingest.redaction.keys': ingest.redaction.keys,
    'ingest.redaction.action': ingest.redaction.action,
    'ingest.classification.senders': ingest.classification.senders,
    'ingest.classification.outcomes': ingest.classification.outcomes,
    'ingest.classification.deliveryKeys': ingest.classification.deliveryKeys,
    'ingest.attribution.team': ingest.attribution.team,
    'ingest.attribution.product': ingest.attribution.product,
    'ingest.attribution.feature': ingest.attribution.feature,
    'ingest.attribution.customer': ingest.attribution.customer,
    'ingest.attribution.tags': ingest.attribution.tags,
    'ingest.attribution.owners': ingest.attribution.owners,
    'ingest.spool.quotaBytes': formatByteSize(ingest.spool.quotaBytes),
    'backup.directory': backup.directory,
    'settle.everyMs': formatDuration(settle.everyMs),
    'settle.reportGraceMs': formatDuration(settle.reportGraceMs),
    'settle.lookbackMs': formatDuration(settle.lookbackMs),
    'settle.timeoutMs': formatDuration(settle.timeoutMs),
    'settle.timeouts': {
      kind: 'map',
      value: Object.fromEntries(
        Object.entries(settle.timeouts).map(([name, timeoutMs]) => [name, formatDuration(timeoutMs)]),
      ),
    },
    'slos.directory': slos.directory,
    'slos.tenant': slos.tenant,
    'slos.everyMs': formatDuration(slos.everyMs),
    'alerting.publicUrl': alerting.publicUrl,
    'alerting.receivers':
      alerting.receivers.length === 0
        ? []
        : { kind: 'secrets', names: alerting.receivers.map(({ name }) => name) },
    'alerting.to': alerting.to,
    'alerting.groupBy': alerting.groupBy,
    'alerting.waitMs': formatDuration(alerting.waitMs),
    'alerting.intervalMs': formatDuration(alerting.intervalMs),
    'alerting.repeatMs': formatDuration(alerting.repeatMs),
    'alerting.routes': alerting.routes,
    'alerting.inhibit': alerting.inhibit,
    'alerting.muteTimes': alerting.muteTimes,
    'alerting.people': alerting.people,
    'alerting.schedules': alerting.schedules,
    'alerting.escalations': alerting.escalations,
    'alerting.ownership': alerting.ownership,
    'alerting.deployWindows.lastsMs': formatDuration(alerting.deployWindows.lastsMs),
    'alerting.deployWindows.guardBurn': alerting.deployWindows.guardBurn,
    'alerting.costAlerts.ticketUsdPerDay': alerting.costAlerts.ticketUsdPerDay,
    'alerting.costAlerts.pageUsdPerDay': alerting.costAlerts.pageUsdPerDay,
    'alerting.outgoing.allow': alerting.outgoing.allow,
    'alerting.outgoing.timeoutMs': formatDuration(alerting.outgoing.timeoutMs),
    'alerting.outgoing.giveUpMs': formatDuration(alerting.outgoing.giveUpMs),
    'alerting.actions': alerting.actions,
    'alerting.reports': alerting.reports,
    'access.sessionMs': formatDuration(access.sessionMs),
    'access.sessionSecret': access.sessionSecret === null ? null : { kind: 'secret' },
    'queues.metrics': queues.metrics,
    'queues.deadLetter': queues.deadLetter,
    'cost.staleAfterDays': cost.staleAfterDays,
    'cost.cycleDay': cost.cycleDay,
    'cost.rates': cost.rates,
    'cost.commitments': cost.commitments,
    'cost.exchange': cost.exchange,
    'cost.functions': cost.functions,
    'cost.provisioned': cost.provisioned,
    'cost.shared': cost.shared,
    'cost.units': cost.units,
    'cost.telemetry.usdPerMillionSpans': cost.telemetry.usdPerMillionSpans,
    'cost.telemetry.usdPerMillionLogs': cost.telemetry.usdPerMillionLogs,
    'cost.telemetry.usdPerMillionPoints': cost.telemetry.usdPerMillionPoints,
    'cost.telemetry.usdPerGb': cost.telemetry.usdPerGb,
    'cost.budgets': cost.budgets,
    'business.values': business.values,
    'business.valueAttribute': business.valueAttribute,
    'business.critical': business.critical,
    'telemetry.endpoint': telemetry.endpoint,
    'telemetry.headers': { kind: 'secrets', names: Object.keys(telemetry.headers) },
  };
  return new Map(
    Object.entries(values).map(([name, value]): [string, SettingValue] => [
      name,
      typeof value === 'object' && value !== null && 'kind' in value ? value : { kind: 'plain', value },
    ]),
  );
}

/** Dotted paths of everything in Config that is not itself a map of settings. */
type SettingName = Leaves<Config>;
type Leaf =
  | Secret
  | null
  | string
  | number
  | readonly unknown[]
  | { host: string }
  | Readonly<Record<string, Secret>>;
type Leaves<T> = {
  [Key in keyof T & string]: T[Key] extends Leaf
    ? Key
    : string extends keyof T[Key]
      ? Key
      : `${Key}.${Leaves<T[Key]>}`;
}[keyof T & string];
