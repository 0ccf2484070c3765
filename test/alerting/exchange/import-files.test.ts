import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { importFiles } from '../../../alerting/exchange/import-files.js';

const fixtures = new URL('../../../../test/fixtures/slo-import/', import.meta.url);

async function imported(...names: string[]) {
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, fixtures), 'utf8') })),
  );
  return importFiles(files);
}

/** What each objective became, or why not; with what of it was lost. */
async function told(name: string) {
  const { reports, problems } = await imported(name);
  assert.deepEqual(problems, []);
  return reports.flatMap(({ slos }) => slos.map(({ slo, lost }) => ({ slo, lost: lost.join('\n') })));
}

test('OpenSLO v1: references, calendar months, time slices, several objectives, alert conditions', async () => {
  const [strict, lax, raw, ...more] = await told('openslo-v1.yaml');
  assert.equal(more.length, 0);
  assert.deepEqual(strict?.slo, {
    id: 'checkout-success-strict',
    title: 'Checkout succeeds: Strict',
    owner: 'payments',
    where: { function: ['checkout-api'] },
    sli: {
      kind: 'time-slice',
      of: { kind: 'success', count: 'attempts', coldStarts: 'included' },
      slice: '5m',
      atLeast: '95 %',
    },
    objective: '99.95 %',
    period: { calendar: 'month', zone: 'Europe/Berlin' },
    alerting: {
      preset: 'sre-workbook',
      lowTraffic: 'gate',
      tiers: [{ budget: '2 %', long: '1h', short: '5m', severity: 'page' }],
    },
  });
  assert.match(strict?.lost ?? '', /notification targets/);
  assert.match(strict?.lost ?? '', /alertWhenNoData/);
  assert.match(strict?.lost ?? '', /alertAfter/);
  assert.match(strict?.lost ?? '', /labels are not kept: tier/);
  assert.deepEqual([lax?.slo?.id, lax?.slo?.['objective']], ['checkout-success-lax', '99 %']);
  assert.equal(raw?.slo, null);
  assert.match(raw?.lost ?? '', /worked out already holds no counts: checkout:success:ratio/);
});

test('OpenSLO v1alpha: dates stay what the author wrote', async () => {
  const { reports } = await imported('openslo-v1alpha.yaml');
  assert.deepEqual(
    reports.map(({ source }) => [source.format, source.name, source.line]),
    [
      ['OpenSLO v1alpha', 'cart-availability', 5],
      ['OpenSLO v1alpha', 'cart-latency', 28],
    ],
  );
  const text = JSON.stringify(reports);
  assert.match(text, /not at 2022-01-01 12:00:00/);
  assert.doesNotMatch(text, /2022-01-01T/);
});

test('OpenSLO v2alpha: a bucket of a known histogram is a threshold on durations', async () => {
  const [only] = await told('openslo-v2alpha.yaml');
  assert.deepEqual(only?.slo?.['sli'], {
    kind: 'latency',
    under: '300ms',
    failed: 'bad',
    coldStarts: 'included',
  });
  assert.deepEqual([only?.slo?.['where'], only?.slo?.['period']], [{ function: ['search'] }, '84d']);
  assert.match(only?.lost ?? '', /RatioTimeslices/);
});

test('Sloth: alerts that are off are told, queries that hold no counts are given back', async () => {
  const [requests, lambda, raw, plugin] = await told('sloth.yaml');
  const said = JSON.stringify(requests);
  assert.match(said, /ticket alerts are switched off in the file, and here/);
  assert.match(said, /severity=pageteam/);
  assert.deepEqual(lambda?.slo?.['sli'], { kind: 'success', count: 'attempts', coldStarts: 'included' });
  assert.deepEqual(lambda?.slo?.['where'], { function: ['orders-*'] });
  assert.match(
    lambda?.lost ?? '',
    /all alerts are switched off in the file; here the preset sre-workbook is in force/,
  );
  assert.deepEqual([raw?.slo, plugin?.slo], [null, null]);
  assert.match(raw?.lost ?? '', /orders:errors:ratio/);
  assert.match(plugin?.lost ?? '', /sloth-common\/http\/availability/);
});

test('Sloth in Kubernetes: its tiers, windows and shares', async () => {
  const [only] = await told('sloth-k8s.yaml');
  assert.deepEqual(only?.slo?.['where'], { function: ['mail.openfaas-fn'] });
  assert.deepEqual(only?.slo?.['alerting'], {
    preset: 'sre-workbook',
    lowTraffic: 'gate',
    tiers: [
      { budget: '2 %', long: '1h', short: '5m', severity: 'page' },
      { budget: '5 %', long: '6h', short: '30m', severity: 'page' },
      { budget: '10 %', long: '1d', short: '2h', severity: 'ticket' },
      { budget: '10 %', long: '3d', short: '6h', severity: 'ticket' },
    ],
  });
});

test('Pyrra: weeks, native histograms of functions, alerts that are off', async () => {
  const [errors, probe, native, tooMuch] = await told('pyrra.yaml');
  assert.match(errors?.lost ?? '', /groups by handler are added up|cannot be an objective/);
  assert.match(probe?.lost ?? '', /alerts are switched off in the file; here the preset pyrra is in force/);
  assert.deepEqual(native?.slo?.['sli'], {
    kind: 'latency',
    under: '250ms',
    failed: 'bad',
    coldStarts: 'included',
  });
  assert.deepEqual(native?.slo?.['alerting'], { preset: 'pyrra', lowTraffic: 'gate' });
  assert.equal(tooMuch?.slo, null);
  assert.match(tooMuch?.lost ?? '', /more than one counter and cannot be kept: sum\(rate\(a_bucket/);
});

test('ids are made free, and what is no SLO is told', async () => {
  const { reports } = await imported('sloth-k8s.yaml', 'sloth-k8s.yaml');
  const ids = reports.flatMap(({ slos }) => slos.map(({ slo }) => slo?.id));
  assert.deepEqual(ids, ['mail-sent', 'mail-sent-2']);
  const other = importFiles([
    { name: 'a.yaml', text: 'kind: Deployment\napiVersion: apps/v1\nmetadata: { name: x }' },
  ]);
  assert.match(other.reports[0]?.lost[0] ?? '', /no SLO of OpenSLO/);
});

for (const { name, text, says } of [
  { name: 'broken YAML', text: 'a: [', says: /x.yaml:1: is not YAML/ },
  { name: 'a bare word', text: 'hello', says: /not an object/ },
  {
    name: 'aliases that multiply',
    text: `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
    says: /alias/i,
  },
]) {
  test(`importFiles tells of ${name}`, () => {
    const { problems } = importFiles([{ name: 'x.yaml', text }]);
    assert.match(problems.join('\n'), says);
  });
}

test('an empty file holds nothing and is no problem', () => {
  assert.deepEqual(importFiles([{ name: 'x.yaml', text: '---\n---\n# nothing\n' }]), {
    reports: [],
    problems: [],
  });
});
