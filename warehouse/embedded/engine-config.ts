import type { WarehouseLimits } from '../warehouse-limits.js';

/** Of every table that does not say otherwise. */
const mergeTreeSettings = {
  // Statistics of columns would be made anew with each merge; no question here is planned by them.
  auto_statistics_types: '',
  // Parts are merged once they are together so many times as large as the largest of them; 5 unless told. Inserts a second
  // apart make small parts all the time: with 8, merging takes half the work, and a table has 5 parts instead of 3.
  merge_selector_base: 8,
} as const;

/**
 * The embedded engine's own configuration file. What it may take of the machine is capped here, because nothing else
 * stands between it and the process it lives in. System logs (query_log and its like) stay off: they would grow in
 * the data directory without anyone reading them.
 */
export function engineConfigXml(limits: WarehouseLimits, dataDir: string): string {
  const values: [string, string | number][] = [
    ['max_server_memory_usage', limits.engineMemoryBytes],
    // Half of the cache budget for marks, half for what queries read again.
    ['mark_cache_size', Math.floor(limits.cacheBytes / 2)],
    ['uncompressed_cache_size', Math.floor(limits.cacheBytes / 4)],
    ['index_mark_cache_size', Math.floor(limits.cacheBytes / 4)],
    ['mmap_cache_size', 0],
    ['background_pool_size', limits.mergeThreads],
    ['background_schedule_pool_size', 4],
    ['background_fetches_pool_size', 1],
    ['background_move_pool_size', 1],
    ['background_common_pool_size', 2],
    ['background_buffer_flush_schedule_pool_size', 1],
    ['background_distributed_schedule_pool_size', 1],
    ['background_message_broker_schedule_pool_size', 1],
    ['max_thread_pool_free_size', 16],
    ['max_io_thread_pool_free_size', 0],
  ];
  const lines = values.map(([name, value]) => `  <${name}>${value}</${name}>`);
  return [
    '<!-- Written by coldburn at every start; edits are lost. Limits come from coldburn.yaml. -->',
    '<clickhouse>',
    ...lines,
    '  <merge_tree>',
    ...Object.entries(mergeTreeSettings).map(([name, value]) => `    <${name}>${value}</${name}>`),
    '  </merge_tree>',
    '  <backups>',
    `    <allowed_path>${escapeXml(`${dataDir}/backups/`)}</allowed_path>`,
    '  </backups>',
    '</clickhouse>',
    '',
  ].join('\n');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
