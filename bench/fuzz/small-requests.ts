import { Buffer } from 'node:buffer';
import { setTimeout as pause } from 'node:timers/promises';
import { FuzzSender, type Ports } from '../../test/ingest/support/fuzz/fuzz-send.js';

const everyMs = 10;

/** Sends one small request after another until stopped; answers how long the slowest of them took, in milliseconds. */
export function smallRequests(ports: Ports): { stop: () => Promise<number> } {
  const sender = new FuzzSender(ports);
  let isStopped = false;
  const body = Buffer.from('{"resourceSpans":[]}');
  const headers = { 'content-type': 'application/json' };
  const work = async (): Promise<number> => {
    let slowestMs = 0;
    while (!isStopped) {
      const startedMs = performance.now();
      const reply = await sender.send({ port: 'http', path: '/v1/traces', method: 'POST', headers, body });
      if (reply?.status !== 200) throw new Error(`A small request was answered with ${reply?.status}`);
      slowestMs = Math.max(slowestMs, performance.now() - startedMs);
      await pause(everyMs);
    }
    sender.close();
    return slowestMs;
  };
  const slowest = work();
  return {
    stop: () => {
      isStopped = true;
      return slowest;
    },
  };
}
