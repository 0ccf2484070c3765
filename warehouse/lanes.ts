import { WarehouseError } from './warehouse-error.js';
import type { LaneSize } from './warehouse-limits.js';

/** A bounded number of places and a bounded queue before them, first come first served. */
export type Lane = {
  /** Waits for a place; the answer gives it back, and may be called more than once. */
  enter(signal: AbortSignal): Promise<() => void>;
  running(): number;
  waiting(): number;
  /** Refuses whoever waits and whoever comes, and settles when the last one inside has left. */
  close(): Promise<void>;
};

type Waiter = { admit: () => void; refuse: (error: WarehouseError) => void };

export function createLane(name: string, { width, queueLength }: LaneSize): Lane {
  let running = 0;
  let closed: { whenEmpty: () => void } | null = null;
  const queue = new Set<Waiter>();

  const leave = () => {
    running -= 1;
    const [next] = queue;
    if (next !== undefined) next.admit();
    else if (running === 0) closed?.whenEmpty();
  };
  const place = () => {
    running += 1;
    let held = true;
    return () => {
      if (held) leave();
      held = false;
    };
  };
  const enter = (signal: AbortSignal) =>
    new Promise<() => void>((resolve, reject) => {
      if (closed !== null) return reject(closing(name));
      if (signal.aborted) return reject(gaveUp(name));
      if (running < width) return resolve(place());
      if (queue.size >= queueLength) return reject(full(name, width, queueLength));
      const onAbort = () => waiter.refuse(gaveUp(name));
      const forget = () => {
        queue.delete(waiter);
        signal.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        admit: () => {
          forget();
          resolve(place());
        },
        refuse: (error) => {
          forget();
          reject(error);
        },
      };
      queue.add(waiter);
      signal.addEventListener('abort', onAbort);
    });
  return {
    enter,
    running: () => running,
    waiting: () => queue.size,
    close: () =>
      new Promise<void>((resolve) => {
        const earlier = closed;
        closed = {
          whenEmpty: () => {
            earlier?.whenEmpty();
            resolve();
          },
        };
        for (const waiter of queue) waiter.refuse(closing(name));
        if (running === 0) closed.whenEmpty();
      }),
  };
}

function full(name: string, width: number, queueLength: number): WarehouseError {
  const message = `${width} ${name} are running and ${queueLength} wait; try again in a moment`;
  return new WarehouseError('overloaded', message);
}

function gaveUp(name: string): WarehouseError {
  return new WarehouseError('cancelled', `The caller gave up while waiting for the ${name} lane`);
}

function closing(name: string): WarehouseError {
  return new WarehouseError('unavailable', `The warehouse is closing; its ${name} lane takes nothing more`);
}
