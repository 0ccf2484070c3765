import type { DeadLetterRule } from '../../schemas/queue-settings.js';

const word = '(?:dlq|dead[-_.]?letters?(?:[-_.]?queue)?)';
/** What a name is without the words that make it a dead-letter queue's. The first group is the other queue's name. */
const conventions: readonly RegExp[] = [
  new RegExp(`^(.+?)[-_./]${word}$`, 'i'),
  new RegExp(`^${word}[-_./](.+)$`, 'i'),
  // Azure: orders/$DeadLetterQueue
  /^(.+)\/\$DeadLetterQueue$/,
  // As infrastructure code names things: OrdersDLQ, OrdersDeadLetterQueue
  /^(.*[a-z0-9])(?:DLQ|Dlq|DeadLetterQueue|DeadLetter)$/,
];
const bare = new RegExp(`^${word}$`, 'i');
const fifo = /\.fifo$/;

/** `of` is the queue whose messages end here, null when no name tells. */
export type DeadLetter = { of: string | null; function: string | null };

/**
 * Says whether a queue is one for dead letters, and of which queue: by configuration, else by its name. Of the queues that
 * exist the one with that name is taken, whatever its case or `.fifo`; when there is none, the name itself.
 */
export function deadLetterOf(
  queue: string,
  queues: Iterable<string>,
  rules: readonly DeadLetterRule[],
): DeadLetter | null {
  const rule = rules.find((one) => one.queue === queue);
  const isBare = bare.test(queue.replace(fifo, ''));
  const stem = isBare ? null : stemOf(queue);
  if (rule !== undefined) return { of: rule.of ?? named(stem, queue, queues), function: rule.function };
  if (stem === null && !isBare) return null;
  return { of: named(stem, queue, queues), function: null };
}

function stemOf(queue: string): string | null {
  const plain = queue.replace(fifo, '');
  for (const convention of conventions) {
    const stem = convention.exec(plain)?.[1];
    if (stem !== undefined) return stem.replace(fifo, '');
  }
  return null;
}

function named(stem: string | null, queue: string, queues: Iterable<string>): string | null {
  if (stem === null) return null;
  const wanted = comparable(stem);
  for (const other of queues) if (other !== queue && comparable(other) === wanted) return other;
  return stem;
}

/** Infrastructure code writes OrdersDLQ beside orders or OrdersQueue. */
function comparable(name: string): string {
  return name
    .replace(fifo, '')
    .replace(/[-_.]?queue$/i, '')
    .toLowerCase();
}
