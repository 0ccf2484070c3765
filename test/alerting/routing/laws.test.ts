import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { casesOf } from '../../../alerting/routing/case.js';
import { plan } from '../../../alerting/routing/plan.js';
import { addNotice, type PlannedNotice, type Thread, threadsOf } from '../../../alerting/routing/thread.js';
import type { StoredSilence } from '../../../alerting/silences/silence-state.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { eventOf, settingsOf, startMs } from './support.js';

const minuteMs = 60_000;
const settings = settingsOf({
  groupBy: ['team'],
  repeatMs: '40m',
  people: [{ name: 'ann', receivers: ['ann-phone'] }],
  escalations: [{ name: 'e', steps: [{ after: '10m', to: ['person:ann'] }] }],
  inhibit: [{ source: { severity: 'page' }, target: { severity: 'ticket' }, equal: ['team'] }],
  routes: [
    { match: { severity: 'page' }, to: ['pager', 'chat'], escalation: 'e' },
    { match: { severity: 'ticket' }, to: ['chat', 'tracker'] },
  ],
});

const kinds = [
  'fired',
  'escalated',
  'eased',
  'resolved',
  'acknowledged',
  'noted',
  'joined',
  'reopened',
  'withheld',
] as const;
const step = fc.record({
  incident: fc.integer({ min: 0, max: 4 }),
  kind: fc.constantFrom(...kinds),
  afterMinutes: fc.integer({ min: 0, max: 20 }),
});
const silences = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 200 }),
    lasts: fc.integer({ min: 1, max: 200 }),
    team: fc.constantFrom('a', 'b', '*'),
  }),
  { maxLength: 3 },
);

type Step = { incident: number; kind: (typeof kinds)[number]; afterMinutes: number };

/** Events as they might come, and all resolved in the end. */
function history(steps: readonly Step[]): { events: IncidentEvent[]; endMs: number } {
  const sequences = [0, 0, 0, 0, 0];
  let atMs = startMs;
  const make = ({ incident, kind }: Omit<Step, 'afterMinutes'>): IncidentEvent => {
    const sequence = (sequences[incident] ?? 0) + 1;
    sequences[incident] = sequence;
    const severity = kind === 'eased' || (kind === 'fired' && incident % 2 === 0) ? 'ticket' : 'page';
    const parentId = kind === 'joined' ? `i${(incident + 1) % 5}` : null;
    return eventOf({
      incidentId: `i${incident}`,
      sequence,
      kind,
      atMs,
      severity,
      parentId,
      labels: { team: incident < 3 ? 'a' : 'b' },
    });
  };
  const events = steps.map((one) => {
    atMs += one.afterMinutes * minuteMs;
    return make(one);
  });
  atMs += minuteMs;
  const last = [0, 1, 2, 3, 4].map((incident) => make({ incident, kind: 'resolved' }));
  return { events: [...events, ...last], endMs: atMs };
}

type World = { events: readonly IncidentEvent[]; silences: readonly StoredSilence[] };

function lookAt(
  { events, silences: all }: World,
  notices: readonly PlannedNotice[],
  nowMs: number,
): PlannedNotice[] {
  const known = events.filter(({ at }) => Date.parse(at) <= nowMs);
  const cases = ['i0', 'i1', 'i2', 'i3', 'i4'].flatMap((id) =>
    casesOf(known.filter(({ incidentId }) => incidentId === id)),
  );
  const threads = [...threadsOf(notices).values()].filter(({ isEnded }) => !isEnded);
  return plan({ cases, threads, settings, silences: all, deployWindows: [], nowMs }).notices;
}

/** Every look starts from what is stored, as after a restart. */
function run(world: World, endMs: number): PlannedNotice[] {
  const notices: PlannedNotice[] = [];
  for (let nowMs = startMs; nowMs <= endMs + minuteMs; nowMs += minuteMs)
    notices.push(...lookAt(world, notices, nowMs));
  return notices;
}

const toSilences = (given: readonly { from: number; lasts: number; team: string }[]): StoredSilence[] =>
  given.map(({ from, lasts, team }, index) => ({
    id: `s${index}`,
    match: { team: [team] },
    fromMs: startMs + from * minuteMs,
    untilMs: startMs + (from + lasts) * minuteMs,
    recurrence: null,
    author: 'ann',
    reason: 'law',
    createdAtMs: startMs,
    ended: null,
  }));

const worlds = fc.tuple(fc.array(step, { maxLength: 25 }), silences);

test('whoever is told that something fires is told once that it ended, whatever is silenced', () => {
  fc.assert(
    fc.property(worlds, ([steps, given]) => {
      const { events, endMs } = history(steps);
      const notices = run({ events, silences: toSilences(given) }, endMs);
      const threads = new Map<string, Thread>();
      const open = new Set<string>();
      for (const notice of notices) {
        const known = threads.get(notice.threadId);
        assert.equal(known?.isEnded ?? false, false, 'nothing follows the end of a thread');
        assert.equal(notice.kind === 'firing', known === undefined, 'a thread begins with what fires');
        assert.equal(notice.sequence, (known?.count ?? 0) + 1);
        for (const { key, isOver } of notice.standings) {
          const told = `${notice.receiver} ${key}`;
          if (isOver) assert.ok(open.delete(told), 'only what was told ends, and once');
          else if (known === undefined) {
            assert.ok(!open.has(told), 'what is open at a receiver is not told anew');
            open.add(told);
          }
        }
        addNotice(threads, notice);
      }
      assert.deepEqual([...open], [], 'everything that was told ended');
      assert.ok([...threads.values()].every(({ isEnded }) => isEnded));
    }),
    { numRuns: 150 },
  );
});

test('a silence only holds: without it at least as much is told, and its resolves are the same', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      const { events, endMs } = history(steps);
      const always = toSilences([{ from: 0, lasts: 100_000, team: '*' }]);
      assert.deepEqual(run({ events, silences: always }, endMs), []);
    }),
    { numRuns: 30 },
  );
});

test('the order events are read in, doubles of them and looking again change nothing', () => {
  fc.assert(
    fc.property(worlds, fc.infiniteStream(fc.nat()), ([steps, given], order) => {
      const { events, endMs } = history(steps);
      const world = { events, silences: toSilences(given) };
      const notices = run(world, endMs);
      const shuffled = [...events, ...events.slice(0, 5)]
        .map((event) => ({ event, at: order.next().value }))
        .sort((one, other) => one.at - other.at)
        .map(({ event }) => event);
      assert.deepEqual(run({ ...world, events: shuffled }, endMs), notices);
      const doubled = notices.flatMap((notice) => [notice, notice]);
      assert.deepEqual(threadsOf(doubled), threadsOf(notices));
      assert.deepEqual(lookAt(world, doubled, endMs + minuteMs), []);
    }),
    { numRuns: 60 },
  );
});
