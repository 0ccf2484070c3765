import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import type { MetricFamily, MetricSource } from './metric-family.js';

/** Figures of this process: memory, processor time, and how long the event loop was held up. */
export function processMetrics(version: string): { source: MetricSource; stop: () => void } {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const source = (): MetricFamily[] => {
    const memory = process.memoryUsage();
    const cpu = process.cpuUsage();
    return [
      gauge('coldburn_info', 'Version of this process', 1, { version, node: process.versions.node }),
      gauge('process_resident_memory_bytes', 'Memory held, mapped engine library included', memory.rss),
      gauge('nodejs_heap_size_used_bytes', 'JavaScript heap in use', memory.heapUsed),
      gauge('nodejs_external_memory_bytes', 'Memory of buffers and native objects', memory.external),
      {
        name: 'process_cpu_seconds_total',
        help: 'Processor time used, user and system',
        type: 'counter',
        samples: [{ value: (cpu.user + cpu.system) / 1_000_000 }],
      },
      gauge('coldburn_uptime_seconds', 'Time since this process started', process.uptime()),
      gauge(
        'nodejs_eventloop_lag_p99_seconds',
        'How late timers ran, 99th percentile since start',
        delay.percentile(99) / 1e9,
      ),
    ];
  };
  return { source, stop: () => delay.disable() };
}

function gauge(name: string, help: string, value: number, labels: Record<string, string> = {}): MetricFamily {
  return { name, help, type: 'gauge', samples: [{ labels, value }] };
}
