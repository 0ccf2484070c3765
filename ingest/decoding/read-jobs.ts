import { Buffer } from 'node:buffer';
import { readRefusal } from '../export/read-refusal.js';
import { ingestTables } from '../open-receivers.js';
import type { RowSink } from '../rows/row-sink.js';
import type { MadeRows } from '../spool/commit-batch.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { type DecodeSettings, openDecoder } from './decode-settings.js';
import type { Job, Outcome } from './job.js';
import { learnKnowledge, tellKnowledge } from './knowledge.js';
import { messagesIn } from './request-body.js';

/** Reads requests one after another, as the thread does: rows come out as bytes and not into a spool. */
export function jobReader(settings: DecodeSettings): (job: Job) => Outcome {
  const sinks: readonly RowSink[] = ingestTables.map(() => ({ writer: new ByteWriter(0), rows: 0 }));
  let nowMs = 0;
  // That a resource has its row is remembered where the row comes to the disk, and this is not there.
  const never = new Promise<void>(() => undefined);
  const { receivers, knowledge } = openDecoder(settings, {
    write: (_tenant, fill) => ({ result: fill(sinks), durable: never }),
    nowMs: () => nowMs,
  });
  return (job) => {
    const { signal, tenant, encoding } = job;
    nowMs = job.nowMs;
    learnKnowledge(knowledge, tenant, nowMs, { inits: knowledge.inits.state() }, job.knowledge);
    try {
      const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength);
      const messages = messagesIn({ bytes, encoding, delivery: job.delivery });
      const { durable: _durable, ...received } = receivers[signal](tenant, messages, encoding, null);
      const told = tellKnowledge(knowledge, tenant, nowMs);
      return { kind: 'rows', received, tables: taken(sinks), knowledge: told };
    } catch (error) {
      taken(sinks);
      const refusal = readRefusal(error);
      if (refusal !== null) return { kind: 'refused', reason: refusal.reason, message: refusal.message };
      return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
    }
  };
}

/** What the sinks hold, which are empty then. */
function taken(sinks: readonly RowSink[]): MadeRows[] {
  return sinks.map((sink, place) => {
    const made = { place, rows: sink.rows, bytes: sink.writer.take() };
    sink.rows = 0;
    return made;
  });
}
