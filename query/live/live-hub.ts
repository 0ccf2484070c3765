import type { Tenant } from '../../schemas/access.js';
import type { LiveEvent } from '../../schemas/live-event.js';

/** What ingest reports after an insert, for one tenant. */
export type LiveNews = { tenant: Tenant; kind: 'inserted'; tables: readonly string[]; at: Date };

/** One open connection. `write` answers how many bytes wait unread; `end` finishes it, `cut` drops what is unread too. */
export type LiveSink = { write: (chunk: string) => number; end: () => void; cut: () => void };

/** Runs `run` once after `delayMs`; calling the answer cancels it. */
export type After = (delayMs: number, run: () => void) => () => void;

export type LiveHubOptions = {
  after: After;
  /** At most one message per client in this time, however many inserts it covers. */
  coalesceMs?: number;
  /** Comments keep proxies from closing a quiet connection. */
  heartbeatMs?: number;
  /** A client that leaves more than this unread is hung up on; it reconnects by itself. */
  maxUnreadBytes?: number;
  maxClients?: number;
};

export type LiveStats = { clients: number; sent: number; refusedFull: number; droppedSlow: number };

export type Subscription = { kind: 'open'; close: () => void } | { kind: 'full' } | { kind: 'closed' };

export type LiveHub = {
  publish: (news: LiveNews) => void;
  subscribe: (tenant: Tenant, sink: LiveSink) => Subscription;
  stats: () => LiveStats;
  /** Hangs up on everyone and takes no one new; for shutdown. */
  close: () => void;
};

type Client = {
  sink: LiveSink;
  pendingTables: Set<string>;
  pendingAt: Date | null;
  cancelFlush: (() => void) | null;
  cancelHeartbeat: () => void;
};

/** Tells open pages of one process that rows have arrived. It holds no rows, only names of tables. */
export function createLiveHub(options: LiveHubOptions): LiveHub {
  const {
    after,
    coalesceMs = 250,
    heartbeatMs = 15_000,
    maxUnreadBytes = 64 * 1024,
    maxClients = 500,
  } = options;
  const clientsOf = new Map<Tenant, Set<Client>>();
  const counts = { sent: 0, refusedFull: 0, droppedSlow: 0 };
  let clientCount = 0;
  let closed = false;

  const remove = (tenant: Tenant, client: Client): void => {
    const clients = clientsOf.get(tenant);
    if (clients?.delete(client) !== true) return;
    clientCount -= 1;
    if (clients.size === 0) clientsOf.delete(tenant);
    client.cancelFlush?.();
    client.cancelHeartbeat();
  };

  const write = (tenant: Tenant, client: Client, chunk: string): void => {
    if (client.sink.write(chunk) <= maxUnreadBytes) return;
    counts.droppedSlow += 1;
    remove(tenant, client);
    client.sink.cut();
  };

  const flush = (tenant: Tenant, client: Client): void => {
    client.cancelFlush = null;
    if (client.pendingAt === null) return;
    const event: LiveEvent = {
      kind: 'inserted',
      tables: [...client.pendingTables],
      at: client.pendingAt.toISOString(),
    };
    client.pendingTables.clear();
    client.pendingAt = null;
    // The timer runs on after a message, so the next one waits; news in between is kept for it.
    client.cancelFlush = after(coalesceMs, () => flush(tenant, client));
    counts.sent += 1;
    write(tenant, client, `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
  };

  const beat = (tenant: Tenant, client: Client): void => {
    client.cancelHeartbeat = after(heartbeatMs, () => beat(tenant, client));
    write(tenant, client, ': still here\n\n');
  };

  return {
    publish({ tenant, tables, at }) {
      for (const client of clientsOf.get(tenant) ?? []) {
        for (const table of tables) client.pendingTables.add(table);
        if (client.pendingAt === null || client.pendingAt < at) client.pendingAt = at;
        if (client.cancelFlush === null) flush(tenant, client);
      }
    },
    subscribe(tenant, sink) {
      if (closed) return { kind: 'closed' };
      if (clientCount >= maxClients) {
        counts.refusedFull += 1;
        return { kind: 'full' };
      }
      const client: Client = {
        sink,
        pendingTables: new Set(),
        pendingAt: null,
        cancelFlush: null,
        cancelHeartbeat: () => {},
      };
      client.cancelHeartbeat = after(heartbeatMs, () => beat(tenant, client));
      const clients = clientsOf.get(tenant) ?? new Set();
      clientsOf.set(tenant, clients.add(client));
      clientCount += 1;
      write(tenant, client, 'retry: 2000\n: connected\n\n');
      return { kind: 'open', close: () => remove(tenant, client) };
    },
    stats: () => ({ clients: clientCount, ...counts }),
    close() {
      closed = true;
      for (const [tenant, clients] of [...clientsOf])
        for (const client of [...clients]) {
          remove(tenant, client);
          client.sink.end();
        }
    },
  };
}
