import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type {
  MadeFact,
  ReportFact,
  RequestFacts,
  RunFact,
  Wanted,
  WorkFact,
} from '../../../settle/decide/facts.js';
import { settleRequest } from '../../../settle/decide/settle-request.js';
import { report, rules, run, work } from './facts.js';

type Told =
  | { kind: 'run'; fact: RunFact }
  | { kind: 'report'; fact: ReportFact }
  | { kind: 'work'; fact: WorkFact };

const outcome = fc.constantFrom('ok' as const, 'error' as const, 'timeout' as const);
const deliveries = fc.constantFrom({ key: '7', deliveryId: '' }, { key: '99', deliveryId: 'message' });
const told: fc.Arbitrary<Told> = fc.oneof(
  fc
    .record({
      id: fc.integer({ min: 1, max: 4 }),
      invocation: fc.constantFrom('7', '8'),
      outcome,
      deliveries,
    })
    .map(
      ({ id, invocation, outcome: how, deliveries: event }): Told => ({
        kind: 'run',
        // What a span tells of itself is the same each time it is sent, so all of it follows from its id.
        fact: run(id, id * 60, { run: invocation, outcome: how, ...event, durationNs: id * 1e9 }),
      }),
    ),
  fc.record({ second: fc.integer({ min: 1, max: 300 }), invocation: fc.constantFrom('7', '8'), outcome }).map(
    ({ second, invocation, outcome: how }): Told => ({
      kind: 'report',
      fact: report(second, { run: invocation, outcome: how }),
    }),
  ),
  fc
    .record({ second: fc.integer({ min: 0, max: 300 }), invocation: fc.constantFrom('7', '8') })
    .map(({ second, invocation }): Told => ({ kind: 'work', fact: work(second, { run: invocation }) })),
);
/** A span has one content; two of the same id and start in one history would be a sender that contradicts itself. */
const history = fc.uniqueArray(told, {
  maxLength: 8,
  selector: ({ kind, fact }) => (kind === 'run' ? `run ${fact.spanId}` : JSON.stringify([kind, fact], big)),
});

const big = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** The table of invocations as one request's decisions leave it, by row. */
class Table {
  readonly rows = new Map<string, Wanted>();
  readonly made: MadeFact[] = [];
  readonly facts: Told[] = [];
  changes = 0;

  settle(nowMs: number): void {
    for (const wanted of settleRequest(this.#known(), nowMs, rules)) {
      const id = `${wanted.spanId} ${wanted.startedNs} ${wanted.environment}`;
      const before = this.rows.get(id);
      if (wanted.kind === 'unwanted') {
        if (this.rows.delete(id)) this.changes += 1;
      } else if (JSON.stringify(before, big) !== JSON.stringify(wanted, big)) {
        if (before === undefined && wanted.source !== 'span')
          this.made.push({
            environment: wanted.environment,
            startedNs: wanted.startedNs,
            spanId: wanted.spanId,
            source: wanted.source,
          });
        this.rows.set(id, wanted);
        this.changes += 1;
      }
    }
  }

  content(): string {
    return JSON.stringify(
      [...this.rows].sort(([one], [other]) => (one < other ? -1 : 1)),
      big,
    );
  }

  #known(): RequestFacts {
    return {
      tenant: 'default',
      function: 'f',
      runs: this.facts.flatMap((one) => (one.kind === 'run' ? [one.fact] : [])),
      reports: this.facts.flatMap((one) => (one.kind === 'report' ? [one.fact] : [])),
      works: this.facts.flatMap((one) => (one.kind === 'work' ? [one.fact] : [])),
      made: this.made,
    };
  }
}

const endMs = 10_000_000;

function atOnce(facts: readonly Told[]): Table {
  const table = new Table();
  table.facts.push(...facts);
  table.settle(endMs);
  return table;
}

test('law: whatever the order and however often it is settled in between, the rows end the same', () => {
  fc.assert(
    fc.property(
      history.chain((facts) =>
        fc.record({
          facts: fc.constant(facts),
          shuffled: fc.shuffledSubarray(facts, { minLength: facts.length }),
          ticks: fc.array(fc.integer({ min: 0, max: endMs }), {
            minLength: facts.length,
            maxLength: facts.length,
          }),
        }),
      ),
      ({ facts, shuffled, ticks }) => {
        const table = new Table();
        const times = ticks.toSorted((one, other) => one - other);
        for (const [index, fact] of shuffled.entries()) {
          table.facts.push(fact);
          // Some facts come together, between two looks.
          if (index % 3 !== 1) table.settle(times[index] ?? 0);
        }
        table.settle(endMs);
        assert.equal(table.content(), atOnce(facts).content());
      },
    ),
    { numRuns: 400 },
  );
});

test('law: settling again changes nothing', () => {
  fc.assert(
    fc.property(history, (facts) => {
      const table = atOnce(facts);
      const { changes } = table;
      table.settle(endMs);
      table.settle(endMs + 1);
      assert.equal(table.changes, changes);
    }),
    { numRuns: 200 },
  );
});

test('law: a thing told twice changes nothing', () => {
  fc.assert(
    fc.property(history, (facts) => {
      assert.equal(atOnce([...facts, ...facts]).content(), atOnce(facts).content());
    }),
    { numRuns: 200 },
  );
});

test('law: every request has exactly one final outcome, and attempts count up', () => {
  fc.assert(
    fc.property(history, (facts) => {
      const rows = [...atOnce(facts).rows.values()];
      const attempts = rows.map(({ attempt }) => attempt);
      assert.ok(attempts.every((attempt) => attempt >= 1));
      if (rows.length > 0) assert.ok(rows.some(({ superseded }) => !superseded));
    }),
    { numRuns: 100 },
  );
});
