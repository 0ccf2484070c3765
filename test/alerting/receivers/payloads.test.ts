import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { alertmanagerAlerts } from '../../../alerting/receivers/alertmanager.js';
import { discordMessage } from '../../../alerting/receivers/discord.js';
import { judgeResponse, retryAfterMs } from '../../../alerting/receivers/judge-response.js';
import { mailMessage } from '../../../alerting/receivers/mail-message.js';
import { opsgenieRequest } from '../../../alerting/receivers/opsgenie.js';
import { pagerdutyEvent } from '../../../alerting/receivers/pagerduty.js';
import { slackMessage } from '../../../alerting/receivers/slack.js';
import { teamsMessage } from '../../../alerting/receivers/teams.js';
import { templateRequest } from '../../../alerting/receivers/template.js';
import { webhookRequest } from '../../../alerting/receivers/webhook.js';
import type { Notice } from '../../../schemas/alerting/notice.js';
import { goldenPayloads } from './golden-payloads.js';
import { acknowledged, firing, resolved, samples } from './sample-notice.js';
import {
  AlertmanagerAlerts,
  CloudEvent,
  DiscordMessage,
  OpsgenieAct,
  OpsgenieAlert,
  PagerdutyEvent,
  SlackMessage,
  TeamsMessage,
} from './vendor-schemas.js';

for (const { kind, url, make } of goldenPayloads)
  test(`golden: what ${kind} is sent (refresh: node bin/golden.mjs)`, async () => {
    assert.equal(await make(), await readFile(url, 'utf8'));
  });

const opsgenie = (notice: Notice) => {
  const { body } = opsgenieRequest(notice, { url: 'https://api.opsgenie.com', apiKey: 'key' });
  return JSON.parse(body ?? '');
};
const checks: readonly [
  name: string,
  make: (notice: Notice) => unknown,
  schema: (notice: Notice) => z.ZodType,
][] = [
  ['slack', slackMessage, () => SlackMessage],
  ['teams', teamsMessage, () => TeamsMessage],
  ['discord', discordMessage, () => DiscordMessage],
  ['pagerduty', (notice) => pagerdutyEvent(notice, 'k'), () => PagerdutyEvent],
  [
    'opsgenie',
    opsgenie,
    ({ kind }) => (kind === 'resolved' || kind === 'update' ? OpsgenieAct : OpsgenieAlert),
  ],
  ['alertmanager', alertmanagerAlerts, () => AlertmanagerAlerts],
  [
    'cloudevents',
    (notice) =>
      JSON.parse(
        webhookRequest(notice, { url: 'https://x', signWith: null, format: 'cloudevents', headers: {} }, 0)
          .body ?? '',
      ),
    () => CloudEvent,
  ],
];

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '<!channel>',
    '@everyone',
    '*_~`[x](y)',
    '\u0000\n"\\',
    '𝕏'.repeat(3000),
    '\u0000'.repeat(3000),
  ),
);
const name = fc.constantFrom('function', 'team', 'environment', 'owner');
const labels = fc.dictionary(name, text);
const items = fc.array(
  fc.record({
    incidentId: fc.constant('i'),
    title: text,
    summary: text,
    severity: fc.constantFrom('page', 'ticket'),
    isFiring: fc.boolean(),
    labels,
    startedAt: fc.constant(firing.at),
    resolvedAt: fc.constant(null),
    facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 30 }),
    diagnosis: fc.option(text),
    runbookUrl: fc.constantFrom(null, 'https://runbooks.example.com/a b'),
    viewUrl: fc.constantFrom(null, 'https://coldburn.example.com/i'),
  }),
  { maxLength: 20 },
);
const notices: fc.Arbitrary<Notice> = fc
  .record({
    kind: fc.constantFrom('firing', 'update', 'reminder', 'resolved', 'test'),
    severity: fc.constantFrom('page', 'ticket'),
    title: text.map((one) => one || 'x'),
    text: text.map((one) => one || 'x'),
    group: labels,
    items,
    more: fc.nat({ max: 5000 }),
    news: fc.array(
      text.map((one) => one || 'x'),
      { maxLength: 20 },
    ),
    acknowledgedBy: fc.option(text),
    viewUrl: fc.constantFrom(null, 'https://coldburn.example.com/i'),
  })
  .map((drawn) => ({ ...firing, ...drawn }));

for (const [kind, make, schema] of checks) {
  test(`${kind}: samples, and whatever a notice may hold, keep to the documented schema and its limits`, () => {
    for (const notice of Object.values(samples)) schema(notice).parse(make(notice));
    fc.assert(
      fc.property(notices, (notice) => {
        const parsed = schema(notice).safeParse(make(notice));
        assert.ok(
          parsed.success,
          parsed.success ? '' : JSON.stringify(parsed.error.issues.slice(0, 2)).slice(0, 500),
        );
      }),
      { numRuns: 100 },
    );
  });
}

test('names cannot ping anybody or leave their place', () => {
  const hostile = { ...firing, text: '<!channel> & <https://evil|click>', title: '"}, {"x": "' };
  assert.doesNotMatch(JSON.stringify(slackMessage(hostile)), /<!channel>|<https:\/\/evil/);
  const template = {
    url: 'https://x',
    method: 'POST',
    contentType: 'application/json',
    headers: {},
  } as const;
  const { body } = templateRequest(hostile, { ...template, body: '{"what": "{{title}}"}' });
  assert.deepEqual(JSON.parse(body ?? ''), { what: hostile.title });
  const plain = templateRequest(hostile, {
    ...template,
    contentType: 'text/plain',
    body: '{{ title }} for {{label.team}}/{{label.none}}',
  });
  assert.equal(plain.body, '"}, {"x": " for payments/');
  assert.doesNotMatch(mailMessage({ ...firing, text: '<script>' }, { from: 'a@b', to: [] }).html, /<script>/);
});

test('a webhook is signed over id, time and body; a changed one or another time is another signature', () => {
  const settings = { url: 'https://x', signWith: 'whsec_c2VjcmV0', format: 'plain', headers: {} } as const;
  const { headers, body } = webhookRequest(firing, settings, 1_772_445_901_500);
  const expected = createHmac('sha256', 'secret').update(`${firing.id}.1772445901.${body}`).digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${expected}`);
  assert.equal(headers['webhook-timestamp'], '1772445901');
  assert.equal(headers['idempotency-key'], firing.id);
  assert.notEqual(
    webhookRequest(resolved, settings, 1_772_445_901_500).headers['webhook-signature'],
    `v1,${expected}`,
  );
  assert.equal(
    webhookRequest(firing, { ...settings, signWith: null }, 0).headers['webhook-signature'],
    undefined,
  );
});

test('mails about one thing are one thread of mails', () => {
  const of = (notice: Notice) => mailMessage(notice, { from: 'a@b', to: ['c@d'] });
  assert.equal(of(firing).inReplyTo, null);
  assert.equal(of(acknowledged).inReplyTo, of(firing).messageId);
  assert.equal(of(resolved).subject, 'Resolved: Checkout answers: burning 20 times too fast');
});

const answers = [
  { status: 200, is: 'delivered' },
  { status: 204, is: 'delivered' },
  { status: 302, is: 'lasting', says: 'a redirect is not followed' },
  { status: 400, is: 'lasting' },
  { status: 404, is: 'lasting' },
  { status: 408, is: 'again' },
  { status: 429, is: 'again' },
  { status: 500, is: 'again' },
  { status: 503, is: 'again' },
];
for (const { status, is } of answers)
  test(`judgeResponse: ${status} is ${is}`, () => {
    const outcome = judgeResponse({ status, retryAfter: '120', text: 'no\n<b>way</b>' }, 0);
    assert.equal(outcome.kind === 'delivered' ? 'delivered' : outcome.isLasting ? 'lasting' : 'again', is);
    if (outcome.kind === 'failed')
      assert.deepEqual([outcome.waitMs, outcome.says], [120_000, `HTTP ${status}: no <b>way</b>`]);
  });

const waits = [
  { text: null, ms: null },
  { text: '0', ms: 0 },
  { text: '30', ms: 30_000 },
  { text: '999999999', ms: 3_600_000 },
  { text: 'Mon, 02 Mar 2026 10:01:00 GMT', ms: 60_000 },
  { text: 'Mon, 02 Mar 2020 10:01:00 GMT', ms: 0 },
  { text: '-5', ms: 0 },
  { text: 'soon', ms: null },
];
for (const { text: given, ms } of waits)
  test(`retryAfterMs: ${given}`, () => {
    assert.equal(retryAfterMs(given, Date.parse('2026-03-02T10:00:00Z')), ms);
  });
