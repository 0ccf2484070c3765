import type { Notice } from '../../schemas/alerting/notice.js';
import type { Outcome, Sending } from './receiver.js';
import { cut, headline, plainText } from './words.js';

/** What an issue tracker can do; each failure is thrown as a TrackerError. */
export type Tracker = {
  /** The open or closed issue that bears this mark. */
  find: (mark: string) => Promise<string | null>;
  create: (issue: { title: string; body: string; mark: string }) => Promise<string>;
  hasComment: (issue: string, mark: string) => Promise<boolean>;
  comment: (issue: string, text: string) => Promise<void>;
  close: (issue: string) => Promise<void>;
};

export class TrackerError extends Error {
  override readonly name = 'TrackerError';
  readonly outcome: Outcome & { kind: 'failed' };

  constructor(outcome: Outcome & { kind: 'failed' }) {
    super(outcome.says);
    this.outcome = outcome;
  }
}

/** One issue a thread. Trackers know no idempotency keys, so what may have arrived before is looked for first. */
export async function tellTracker(
  tracker: Tracker,
  notice: Notice,
  { attempt, reference }: Sending,
): Promise<Outcome> {
  const text = `${headline(notice)}\n\n${plainText(notice)}`;
  const body = cut(text, 60_000);
  try {
    const known =
      reference ?? (attempt > 1 || notice.sequence > 1 ? await tracker.find(notice.threadId) : null);
    if (notice.sequence === 1) {
      const title = cut(notice.title, 250);
      const issue =
        known ??
        (await tracker.create({
          title,
          body: `${body}\n\n${markOf(notice.threadId)}`,
          mark: notice.threadId,
        }));
      return { kind: 'delivered', reference: issue, says: `issue ${issue}` };
    }
    if (known === null)
      return { kind: 'delivered', reference: null, says: 'its issue is gone, so nothing is said there' };
    const isThere = attempt > 1 && (await tracker.hasComment(known, notice.id));
    if (!isThere) await tracker.comment(known, `${body}\n\n${markOf(notice.id)}`);
    if (notice.kind === 'resolved') await tracker.close(known);
    return { kind: 'delivered', reference: known, says: `issue ${known}` };
  } catch (error) {
    if (error instanceof TrackerError) return error.outcome;
    throw error;
  }
}

function markOf(id: string): string {
  return `(coldburn ${id})`;
}
