import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FleetFigures } from '../../../schemas/demo.js';
import { type FleetCommand, FleetMessage, type FleetOrder } from './fleet-order.js';

export type RunningFleet = {
  /** As the thread told last; null before its first word. */
  figures: () => FleetFigures | null;
  startIncident: (name: string, startMinute: number) => void;
  stop: (deadlineMs: number) => Promise<void>;
};

/** The fleet is a guest: it may not grow into the memory of the server it lives with. */
const limits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 48 };

/** Starts the fleet in a thread of its own, so that making and encoding its spans never holds up an answer. */
export function startFleet(order: FleetOrder, onFailure: (reason: string) => void): RunningFleet {
  const thread = new Worker(new URL('./fleet-thread.js', import.meta.url), {
    name: 'demo fleet',
    workerData: order,
    resourceLimits: limits,
  });
  let figures: FleetFigures | null = null;
  let isOver = false;
  const over = once(thread, 'exit').then(() => {
    isOver = true;
  });
  thread.on('error', (error) => onFailure(error.message));
  thread.on('message', (given: unknown) => {
    const message = FleetMessage.parse(given);
    if (message.kind === 'figures') figures = message.figures;
    else onFailure(message.reason);
  });
  const tell = (command: FleetCommand) => {
    if (!isOver) thread.postMessage(command);
  };
  return {
    figures: () => figures,
    startIncident: (name, startMinute) => tell({ kind: 'incident', name, startMinute }),
    stop: async (deadlineMs) => {
      tell({ kind: 'stop' });
      const late = setTimeout(() => void thread.terminate(), deadlineMs);
      await over.catch(() => undefined);
      clearTimeout(late);
    },
  };
}
