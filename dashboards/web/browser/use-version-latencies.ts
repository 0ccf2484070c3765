import { useEffect, useState } from 'preact/hooks';
import { LatencySummary } from '../../../schemas/latency.js';
import { ask } from './ask.js';

export type VersionLatency = { p50Ms: number | null; p95Ms: number | null };

/** Quantiles by address, each asked once; one that fails stays unknown. */
export function useVersionLatencies(urls: readonly string[]): ReadonlyMap<string, VersionLatency> {
  const [known, setKnown] = useState<ReadonlyMap<string, VersionLatency>>(new Map());
  const all = urls.join('\n');

  useEffect(() => {
    const abort = new AbortController();
    const askOne = async (url: string): Promise<void> => {
      const answer = await ask(url, LatencySummary, abort.signal);
      if (answer.kind !== 'ok') return;
      const { quantilesMs } = answer.data;
      const latency = { p50Ms: quantilesMs['0.5'] ?? null, p95Ms: quantilesMs['0.95'] ?? null };
      setKnown((before) => new Map(before).set(url, latency));
    };
    // Rejects only when given up.
    for (const url of all === '' ? [] : all.split('\n')) askOne(url).catch(() => {});
    return () => abort.abort();
  }, [all]);

  return known;
}
