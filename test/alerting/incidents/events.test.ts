import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { incidentLog } from '../../../alerting/incidents/append-events.js';
import { bulkIncidentLog } from '../../../alerting/incidents/append-many.js';
import { readCurrentEvents, readEventsOf, readEventsSince } from '../../../alerting/incidents/read-events.js';
import { defaultTenant, Tenant } from '../../../schemas/access.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { openMigrated } from '../../support/open-migrated.js';
import { someEvent } from './some-event.js';

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
before(async () => {
  opened = await openMigrated();
});
after(async () => {
  await opened?.close();
});

function warehouse() {
  assert.ok(opened !== null);
  return opened.warehouse;
}

test('events are read as they were written, whatever stands in them, and once though written twice', async () => {
  const append = incidentLog(warehouse());
  const hostile = `'"\\ {x: String} \u0000 \u2028 🔥 ${'ä'.repeat(2_000)}`;
  const events = [
    someEvent({ incidentId: 'odd', sequence: 1, title: hostile, labels: { function: hostile } }),
    someEvent({ incidentId: 'odd', sequence: 2, kind: 'noted', summary: hostile, author: 'ann' }),
  ];
  await append(events);
  await append(events);
  assert.deepEqual(await readEventsOf(warehouse().forTenant(defaultTenant), 'odd'), events);
});

test('a storm of events is written at once and read as it was, once though written twice', async () => {
  const append = bulkIncidentLog(warehouse(), tmpdir());
  const storm = Array.from({ length: 500 }, (_, index) =>
    someEvent({ incidentId: `storm-${index}`, title: `'"\\ 🔥 ${'ä'.repeat(300)} ${index}` }),
  );
  await append(storm);
  await append(storm);
  const read = (await readEventsSince(warehouse(), new Date(Date.now() - 60_000), 10_000)).map(
    ({ event }) => event,
  );
  const mine = read.filter(({ incidentId }) => incidentId.startsWith('storm-'));
  const byId = (events: readonly IncidentEvent[]) =>
    new Map(events.map((event) => [event.incidentId, event]));
  assert.equal(mine.length, 500);
  assert.deepEqual(byId(mine), byId(storm));
});

test('another tenant sees nothing of it', async () => {
  await incidentLog(warehouse())([someEvent({ incidentId: 'private' })]);
  const other = warehouse().forTenant(Tenant.parse('other'));
  assert.deepEqual(await readEventsOf(other, 'private'), []);
});

test('what is current: open, withheld, and what ended a short time ago', async () => {
  const append = incidentLog(warehouse());
  const ended = { kind: 'resolved', sequence: 2 } as const;
  await append([
    someEvent({ incidentId: 'c-open', at: '2026-01-01T00:00:00.000Z' }),
    someEvent({ incidentId: 'c-withheld', kind: 'withheld', reason: 'too-few-events' }),
    someEvent({ incidentId: 'c-old' }),
    someEvent({ incidentId: 'c-old', ...ended, at: '2026-11-20T10:30:00.000Z' }),
    someEvent({ incidentId: 'c-new' }),
    someEvent({ incidentId: 'c-new', ...ended, at: '2026-11-20T11:30:00.000Z' }),
    someEvent({ incidentId: 'c-again' }),
    someEvent({ incidentId: 'c-again', ...ended, at: '2026-11-20T10:30:00.000Z' }),
    someEvent({ incidentId: 'c-again', sequence: 3, kind: 'reopened', at: '2026-11-20T10:40:00.000Z' }),
    someEvent({ incidentId: 'c-again', sequence: 4, kind: 'noted', at: '2026-11-20T10:50:00.000Z' }),
  ]);
  const current = await readCurrentEvents(warehouse(), new Date('2026-11-20T11:00:00Z'));
  const names = current.map(({ incidentId }) => incidentId).filter((id) => id.startsWith('c-'));
  assert.deepEqual(new Set(names), new Set(['c-open', 'c-withheld', 'c-new', 'c-again']));
});

test('five thousand events at once are all there, in the order they can be followed in', async () => {
  const before = new Date(Date.now() - 1_000);
  const many = Array.from({ length: 5_000 }, (_, index) => someEvent({ incidentId: `storm-${index}` }));
  await incidentLog(warehouse())(many);
  const arrived = (await readEventsSince(warehouse(), before, 100_000)).filter(({ event }) =>
    event.incidentId.startsWith('storm-'),
  );
  assert.equal(arrived.length, 5_000);
  const times = arrived.map(({ appendedAt }) => appendedAt.getTime());
  assert.deepEqual(
    times,
    [...times].sort((one, other) => one - other),
  );
});
