import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

const PING = 'SELECT 1 AS one';
const Row = z.object({ one: z.number() });

/** Often enough for a load balancer, rare enough to cost nothing. */
const askEveryMs = 5_000;
const askTimeoutMs = 3_000;

/** Asks ClickHouse now and then whether it answers; `problem` is the last failure as a sentence, null while it does. */
export function watchAnswering(warehouse: Warehouse): { problem: () => string | null; stop: () => void } {
  let problem: string | null = null;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    try {
      await warehouse.query(PING, {}, Row, { timeoutMs: askTimeoutMs, lane: 'lookups' });
      problem = null;
    } catch (error) {
      problem = `ClickHouse does not answer: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    ask().finally(() => {
      isAsking = false;
    });
  }, askEveryMs);
  timer.unref();
  return { problem: () => problem, stop: () => clearInterval(timer) };
}
