import type { Session } from 'chdb';

const CLEAR = `SET log_comment = ''`;

/** Sessions that serve one statement each at a time. The lane before the pool sees to it that one is always free. */
export type SessionPool = {
  run<Result>(use: (session: Session) => Promise<Result>): Promise<Result>;
  stream<Item>(use: (session: Session) => AsyncIterable<Item>): AsyncGenerator<Item, void, undefined>;
};

export function createSessionPool(sessions: readonly Session[]): SessionPool {
  const idle = [...sessions];
  const take = (): Session => {
    const session = idle.pop();
    if (session === undefined) throw new Error('More statements at once than the lane has places');
    return session;
  };
  const giveBack = async (session: Session, succeeded: boolean) => {
    // A failed statement stays in the process list, with its memory, until its session begins another.
    if (!succeeded) await session.queryAsync(CLEAR).catch(() => {});
    idle.push(session);
  };
  return {
    run: async (use) => {
      const session = take();
      let succeeded = false;
      try {
        const result = await use(session);
        succeeded = true;
        return result;
      } finally {
        await giveBack(session, succeeded);
      }
    },
    stream: async function* (use) {
      const session = take();
      let succeeded = false;
      try {
        yield* use(session);
        succeeded = true;
      } finally {
        await giveBack(session, succeeded);
      }
    },
  };
}
