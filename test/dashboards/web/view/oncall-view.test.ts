import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bridgeRows } from '../../../../dashboards/web/view/cost/bridge-rows.js';
import { axisEnd, burnedRows } from '../../../../dashboards/web/view/executive/burned-rows.js';
import { lastedText } from '../../../../dashboards/web/view/incidents/incident-words.js';
import { matchOf, silenceTimeText } from '../../../../dashboards/web/view/incidents/silence-words.js';
import {
  burnedRatio,
  costOfRuns,
  effectSpan,
  objectivesAbout,
} from '../../../../dashboards/web/view/oncall/deployment-effect.js';
import { oncallSentence } from '../../../../dashboards/web/view/oncall/oncall-sentence.js';
import { parseMatch } from '../../../../dashboards/web/view/settings/parse-match.js';
import {
  thresholdChoices,
  toldText,
  triedDefinition,
  triedFrom,
} from '../../../../dashboards/web/view/slo/tried-definition.js';

const page = { severity: 'page', title: 'Checkout burns' } as const;
const ticket = { severity: 'ticket', title: 'Queue is old' } as const;
const burning = { status: 'burning', title: 'Search' } as const;
const sentences = [
  [[page, ticket], [burning], 'Checkout burns', true],
  [[page, page], [], '2 incidents page somebody', true],
  [[ticket], [burning], 'Search is in danger', true],
  [[ticket], [], 'One ticket, nothing urgent', false],
  [[], [{ ...burning, status: 'telemetry-lost' as const }], 'No telemetry comes in', true],
  [[], [], 'Nothing burns', false],
] as const;
for (const [incidents, alarms, sentence, isAlarm] of sentences)
  test(`must I act? ${sentence}`, () =>
    assert.deepEqual(oncallSentence(incidents, alarms, 3), { sentence, isAlarm }));

test('what is not known yet is not called calm', () => {
  assert.equal(oncallSentence(null, [], 3).sentence, 'Looking…');
  assert.equal(oncallSentence([], [], 0).sentence, 'No objectives yet, so nothing can burn');
});

test('a silence matches one incident by names, and never by what would be read as a pattern', () => {
  const incident = { sloId: null, rule: 'dlq-growth', scope: '', labels: { function: 'a*', queue: '!b' } };
  assert.deepEqual(matchOf(incident), { rule: ['dlq-growth'] });
  assert.deepEqual(matchOf({ ...incident, sloId: 'checkout', scope: 'eu' }), {
    slo: ['checkout'],
    scope: ['eu'],
  });
});

const silence = {
  ...{ id: 's', match: {}, from: '2026-11-20T10:00:00Z', until: '2026-11-20T12:00:00Z', recurrence: null },
  ...{ author: 'a', reason: 'r', createdAt: '2026-11-20T09:00:00Z', ended: null },
};
test('a silence says how long it still lasts, when it begins, or that it is over', () => {
  const at = (time: string) => Date.parse(`2026-11-20T${time}:00Z`);
  assert.match(silenceTimeText({ ...silence, state: 'active' }, at('11:00')), /^1.h 00.min left$/);
  assert.match(silenceTimeText({ ...silence, state: 'waiting' }, at('09:30')), /^in 30.min/);
  assert.equal(silenceTimeText({ ...silence, state: 'over' }, at('13:00')), 'over');
});

const matches: readonly [string, object | RegExp][] = [
  ['team=checkout, function=pay-*', { team: ['checkout'], function: ['pay-*'] }],
  ['team=a,team=b', { team: ['a', 'b'] }],
  ['scope=a=b', { scope: ['a=b'] }],
  ['', {}],
  ['checkout', /label=pattern/],
  ['team=', /label=pattern/],
  ['colour=red', /"colour" is no label/],
];
for (const [text, expected] of matches)
  test(`labels as people write them: "${text}"`, () => {
    const parsed = parseMatch(text);
    if (expected instanceof RegExp) assert.match(parsed.kind === 'wrong' ? parsed.says : '', expected);
    else assert.deepEqual(parsed, { kind: 'ok', match: expected });
  });

test('a deployment is compared over as long before as after, whole minutes, a day at most', () => {
  const at = '2026-11-20T10:00:30.000Z';
  const atMs = Date.parse('2026-11-20T10:00:00Z');
  assert.equal(effectSpan(at, atMs + 4 * 60_000), null);
  fc.assert(
    fc.property(fc.integer({ min: 5 * 60_000, max: 40 * 86_400_000 }), (sinceMs) => {
      const span = effectSpan(at, atMs + sinceMs);
      assert.ok(span !== null);
      assert.equal(span.atMs - span.fromMs, span.toMs - span.atMs);
      assert.ok(span.toMs <= atMs + sinceMs && span.lengthMs <= 86_400_000);
    }),
  );
});

test('only objectives that name the function say something of its deployment', () => {
  const slo = (id: string, more: object) => ({
    id,
    definition: { id, title: id, sli: { kind: 'success' }, objective: '99%', ...more },
  });
  const all = [
    slo('own', { where: { function: 'pay-*' } }),
    slo('each', { per: 'function' }),
    slo('all', {}),
    slo('other', { where: { function: 'cart' } }),
    { id: 'unreadable', definition: {} },
  ];
  assert.deepEqual(
    objectivesAbout(all, { function: 'pay-api', environment: '' }).map(({ id, scope }) => [id, scope]),
    [
      ['own', ''],
      ['each', 'pay-api'],
    ],
  );
  assert.equal(burnedRatio([{ good: 8, total: 10 }], 4), 0.5);
  assert.equal(burnedRatio([], 4), null);
});

test('cost of a million runs is of the runs of one version, and unknown without a rate', () => {
  const line = (costUsd: string | null) => ({
    ...{ provider: '', product: '', dimension: '', region: '', arch: '', quantity: '1', unit: '', rule: '' },
    ...{ rateUsd: costUsd, costUsd, priceBook: '', source: null },
  });
  const row = (version: string, invocations: number, costUsd: string, rate: string | null) => ({
    ...{ labels: { version }, invocations, costUsd, lines: [line(rate)] },
    ...{ costPerMillionUsd: null, costPerSuccessUsd: null, shareRatio: null },
  });
  const rows = [row('1', 100, '0.5', '1'), row('2', 300, '0.3', '1'), row('3', 5, '0', null)];
  assert.deepEqual(costOfRuns({ rows }, '2'), { runs: 300, perMillionUsd: '1000' });
  assert.deepEqual(costOfRuns({ rows }, '3'), { runs: 5, perMillionUsd: null });
  assert.deepEqual(costOfRuns({ rows: [] }, null), { runs: 0, perMillionUsd: null });
});

test('budgets of a team are added up before they are divided, and money of a part is not that of the team', () => {
  const rows = burnedRows(
    [
      { owner: 'shop', bad: 10, badAllowed: 10 },
      { owner: 'shop', bad: 0, badAllowed: 30 },
      { owner: null, bad: 1, badAllowed: 0 },
    ],
    [
      { team: 'shop', environment: null, function: null, spentRatio: 0.1 },
      { team: 'shop', environment: 'dev', function: null, spentRatio: 3 },
      { team: 'lab', environment: null, function: null, spentRatio: 1.2 },
    ],
    null,
  );
  assert.deepEqual(rows, [
    { team: 'lab', errorRatio: null, moneyRatio: 1.2 },
    { team: 'shop', errorRatio: 0.25, moneyRatio: 0.1 },
  ]);
  assert.deepEqual(
    [axisEnd([]), axisEnd(rows), axisEnd([{ ...rows[0], team: '', errorRatio: 9, moneyRatio: 0 }])],
    [1, 1.25, 2],
  );
});

test('each bar of the bridge begins where the one before ended, and steps of nothing are left out', () => {
  const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  fc.assert(
    fc.property(amount, fc.array(amount, { maxLength: 8 }), (modelled, steps) => {
      const text = (pico: bigint) => {
        const digits = (pico < 0n ? -pico : pico).toString().padStart(13, '0');
        return `${pico < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`;
      };
      const billed = steps.reduce((sum, one) => sum + one, modelled);
      const rows = bridgeRows({
        modelledUsd: text(modelled),
        billedUsd: text(billed),
        bridge: steps.map((one) => ({ step: 'price' as const, usd: text(one), meaning: '' })),
      });
      assert.equal(rows.length, 2 + steps.filter((one) => one !== 0n).length);
      for (const { leftRatio, widthRatio } of rows)
        assert.ok(leftRatio >= 0 && widthRatio >= 0 && leftRatio + widthRatio <= 1.00001);
    }),
  );
});

test('what the sliders stand at: round thresholds around the one in force, and a definition with it', () => {
  const choices = thresholdChoices(310);
  assert.ok(choices.includes(310) && choices.includes(300) && choices.includes(31 * 100) === false);
  assert.ok(choices.every((ms) => ms >= 31 && ms <= 3100));
  const stored = { id: 'a', objective: '99 %', sli: { kind: 'latency', under: '310ms', failed: 'bad' } };
  assert.deepEqual(triedDefinition(stored, { objective: '98 %', underMs: 500 }), {
    id: 'a',
    objective: '98 %',
    sli: { kind: 'latency', under: '500ms', failed: 'bad' },
  });
  assert.deepEqual(triedDefinition(stored, { objective: null, underMs: null }), stored);
  assert.deepEqual(triedFrom('', 'abc'), { objective: null, underMs: null });
  assert.equal(toldText({ pages: 1, tickets: 2 }), '1 page and 2 tickets');
  assert.equal(toldText({ pages: 0, tickets: 0 }), 'no page and no ticket');
});

const lasted = [
  [-5, '0 ms'],
  [12_000, '12.0 s'],
  [871_000, '14 min'],
  [5_400_000, '1 h 30 min'],
] as const;
for (const [ms, text] of lasted)
  test(`lastedText: ${text}`, () => assert.equal(lastedText(ms).replaceAll('\u202f', ' '), text));
