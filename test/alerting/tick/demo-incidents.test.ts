import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { diagnose } from '../../../alerting/diagnose/diagnose.js';
import { foldIncidents, type Incident } from '../../../alerting/incidents/fold-events.js';
import { rules } from '../../../alerting/rules/rules.js';
import { writeDecidedUntil } from '../../../alerting/tick/alert-log.js';
import { putObjectives } from '../../../cli/demo/objectives/put-objectives.js';
import { defaultTenant } from '../../../schemas/access.js';
import { tempDir } from '../../support/temp-dir.js';
import { putSlo } from '../ledger/ledger-harness.js';
import { alarmUnderTest, eventsOf, ledgerUpToDate } from './alert-harness.js';
import { type faults, sendFaults, startMinute } from './demo-faults.js';

const minuteMs = 60_000;

let incidents: Incident[] = [];
const closing: (() => Promise<void>)[] = [];

before(async () => {
  const directory = await tempDir();
  const sent = await sendFaults();
  closing.push(sent.close, directory.remove);
  const { warehouse } = sent;
  await putObjectives(warehouse, defaultTenant, new Date());
  // The harmless function has no objective in the demo; with one it must be quiet as well.
  await putSlo(warehouse, 'default', {
    id: 'erasures',
    title: 'Erasures end well',
    where: { function: 'gdpr-erase' },
    sli: { kind: 'success', count: 'requests' },
    objective: '99%',
  });
  await ledgerUpToDate(warehouse, directory.path);
  await writeDecidedUntil(warehouse, new Date((startMinute - 2) * minuteMs));
  const alarm = alarmUnderTest(warehouse, { rules, diagnose });
  for (const minute of [0, 5, 11, 16, 18]) await alarm.tickAt(new Date((startMinute + minute) * minuteMs));
  incidents = foldIncidents(await eventsOf(warehouse, 'default')).filter(({ firedAt }) => firedAt !== null);
});
after(async () => {
  for (const close of closing) await close();
});

type Expected = {
  fault: keyof typeof faults;
  function: string;
  rule: string;
  severity: 'page' | 'ticket';
  slo?: string;
  /** What the diagnosis names, and who broke first. */
  explainedBy?: readonly string[];
  brokeFirst?: string;
};
const expected: readonly Expected[] = [
  {
    fault: 'bad-deploy',
    function: 'checkout-api',
    rule: 'slo-burn',
    severity: 'page',
    slo: 'checkout-succeeds',
    explainedBy: ['version 43', 'region us-east-1', 'error TypeError'],
    brokeFirst: 'function checkout-api',
  },
  { fault: 'bad-deploy', function: 'checkout-api', rule: 'version-regression', severity: 'ticket' },
  {
    fault: 'slow-dependency',
    function: 'payments-authorize',
    rule: 'slo-burn',
    severity: 'page',
    slo: 'payments-authorize-quick',
    explainedBy: ['dependency payment-provider.internal'],
    brokeFirst: 'dependency payment-provider.internal',
  },
  { fault: 'cold-start-storm', function: 'cart-api', rule: 'cold-start-storm', severity: 'ticket' },
  {
    fault: 'retry-storm',
    function: 'image-resize',
    rule: 'retry-storm',
    severity: 'page',
    explainedBy: ['error OSError'],
  },
  { fault: 'dlq-growth', function: 'orders-to-lake', rule: 'dlq-growth', severity: 'page' },
  {
    fault: 'dlq-growth',
    function: 'orders-to-lake',
    rule: 'slo-burn',
    severity: 'page',
    explainedBy: ['error SchemaError'],
  },
  { fault: 'throttling', function: 'fraud-score', rule: 'throttling', severity: 'page' },
  {
    fault: 'credential-rotation',
    function: 'notify-email',
    rule: 'credential-failures',
    severity: 'page',
    explainedBy: ['error AuthenticationError'],
    brokeFirst: 'dependency mail-provider.internal',
  },
  // Runs that the platform kills leave no span; that it becomes slow before is seen.
  {
    fault: 'memory-leak',
    function: 'product-chat',
    rule: 'slo-burn',
    severity: 'ticket',
    slo: 'product-chat-quick',
  },
  { fault: 'silent-function', function: 'sessions-rollup', rule: 'silent-function', severity: 'page' },
  { fault: 'lost-telemetry', function: 'order-events', rule: 'coverage-drop', severity: 'ticket' },
  { fault: 'event-storm', function: 'clickstream-collect', rule: 'event-storm', severity: 'ticket' },
  {
    fault: 'latency-regression',
    function: 'catalogue-api',
    rule: 'slo-burn',
    severity: 'page',
    slo: 'catalogue-quick',
  },
];

for (const { fault, function: name, rule, severity, slo, explainedBy = [], brokeFirst } of expected)
  test(`demo: ${fault} is a ${severity} of ${rule} about ${name}`, () => {
    const found = incidents.find(
      (one) => one.rule === rule && aboutOf(one) === name && (slo === undefined || one.sloId === slo),
    );
    assert.ok(found !== undefined, JSON.stringify(shortly(incidents)));
    assert.equal(found.worstSeverity, severity);
    const named = found.diagnosis?.contrasts.map(({ dimension, value }) => `${dimension} ${value}`) ?? [];
    for (const one of explainedBy) assert.ok(named.includes(one), `${one} is not among ${named.join()}`);
    if (brokeFirst !== undefined)
      assert.equal(`${found.diagnosis?.brokeFirst?.kind} ${found.diagnosis?.brokeFirst?.name}`, brokeFirst);
  });

test('demo: the harmless noise wakes nobody and makes no ticket', () => {
  assert.deepEqual(shortly(incidents.filter(({ last }) => last.labels.function === 'gdpr-erase')), []);
});

/** What a fault of theirs makes fail as well: who calls them, or is called by them. */
const alsoHit = new Set(['cart-api', 'notify-digest', 'storefront-edge', 'refund-api', 'stock-reserve']);

test('demo: nobody is paged about a function without a fault', () => {
  const faulty = new Set<string | undefined>(expected.map((one) => one.function));
  const others = incidents.filter(
    (one) => one.worstSeverity === 'page' && !faulty.has(aboutOf(one)) && !alsoHit.has(aboutOf(one)),
  );
  assert.deepEqual(shortly(others), []);
});

/** The function, also of its dead-letter queue. */
function aboutOf({ last: { labels } }: Incident): string {
  return labels.function ?? labels.queue?.replace(/-dlq$/, '') ?? '';
}

function shortly(some: readonly Incident[]): string[] {
  return some.map((one) => `${one.worstSeverity} ${one.rule} ${one.sloId ?? ''} ${aboutOf(one)}`);
}
