import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { noticeLog } from '../../../alerting/outbox/notice-log.js';
import { openReceivers } from '../../../alerting/outbox/open-receivers.js';
import { testSender } from '../../../alerting/outbox/send-test.js';
import { addressGuard } from '../../../alerting/outgoing/address-guard.js';
import { noticeRoutes } from '../../../alerting/routes/notices.js';
import { onCallRoutes } from '../../../alerting/routes/on-call.js';
import { silenceRoutes } from '../../../alerting/routes/silences.js';
import { silenceLog } from '../../../alerting/silences/silence-log.js';
import { createApp } from '../../../http/create-app.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import type { ZodApp } from '../../../schemas/zod-http.js';
import { openMigrated } from '../../support/open-migrated.js';
import { type RecordingServer, recordingServer } from '../../support/recording-server.js';

const at = (text: string) => new Date(text);
let now = at('2026-03-02T10:00:00Z');
let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
let app: ZodApp | null = null;
let server: RecordingServer | null = null;
before(async () => {
  opened = await openMigrated();
  server = await recordingServer(({ path }) => ({ status: path === '/bad' ? 403 : 200, body: 'thanks' }));
  const parsed = parseConfig({
    yamlText: JSON.stringify({
      alerting: {
        receivers: [
          { name: 'good', kind: 'webhook', url: `${server.url}/hush` },
          { name: 'bad', kind: 'slack', url: `${server.url}/bad` },
          { name: 'inside', kind: 'teams', url: 'http://169.254.169.254/hush' },
        ],
        people: [{ name: 'ann', receivers: ['good'] }],
        schedules: [
          {
            name: 'first',
            zone: 'Europe/Berlin',
            rotations: [{ people: ['ann'], start: '2026-01-05T09:00' }],
          },
        ],
      },
    }),
    yamlPath: 'c.yaml',
    env: {},
  });
  assert.ok(parsed.kind === 'ok');
  const settings = parsed.config.alerting;
  const { warehouse } = opened;
  const clock = () => now;
  const access: Access = { tenant: defaultTenant, role: 'operator', keyId: 'key-1' };
  app = createApp({ newId: randomUUID, logger: false, authenticate: async () => access });
  const doors = { now: clock, openTenant: () => warehouse.forTenant(defaultTenant) };
  const receivers = openReceivers(settings, {
    isAllowed: addressGuard(['127.0.0.1']),
    resolve: async () => [],
    timeoutMs: 2000,
  });
  const sendTest = () =>
    testSender({
      receivers,
      log: noticeLog(warehouse),
      tenant: defaultTenant,
      publicUrl: null,
      now: clock,
      newId: randomUUID,
    });
  app.register(
    silenceRoutes({ ...doors, newId: randomUUID, openLog: (tenant) => silenceLog(warehouse, tenant) }),
  );
  app.register(noticeRoutes({ ...doors, settings, telling: () => null, sendTest }));
  app.register(onCallRoutes({ now: clock, settings }));
});
after(async () => {
  await app?.close();
  await server?.close();
  await opened?.close();
});

async function call(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) {
  assert.ok(app !== null);
  const answer = await app.inject({
    method,
    url: `/api/v1/${url}`,
    ...(body === undefined ? {} : { payload: body }),
  });
  return {
    status: answer.statusCode,
    text: answer.body,
    type: String(answer.headers['content-type']),
    json: () => z.record(z.string(), z.unknown()).parse(answer.json()),
  };
}

const silence = { match: { team: 'payments' }, author: 'ann', reason: 'load test', lasts: '2h' };

test('a silence is made, listed, found and ended; who and why stays', async () => {
  const made = await call('POST', 'silences', silence);
  assert.equal(made.status, 201, made.text);
  const { id, until, state, match } = made.json();
  assert.deepEqual([until, state, match], ['2026-03-02T12:00:00.000Z', 'active', { team: ['payments'] }]);
  assert.match((await call('GET', 'silences')).text, /"reason":"load test"/);
  now = at('2026-03-02T10:30:00Z');
  const ended = await call('DELETE', `silences/${id}?reason=done&author=bob`);
  assert.deepEqual(ended.json()['ended'], { at: '2026-03-02T10:30:00.000Z', author: 'bob', reason: 'done' });
  assert.equal((await call('GET', `silences/${id}`)).json()['state'], 'over');
  assert.equal((await call('DELETE', `silences/${id}?reason=again`)).json()['state'], 'over', 'ended once');
});

test('a repeated silence holds at its times and waits in between', async () => {
  const nights = { rule: 'FREQ=DAILY', zone: 'Europe/Berlin', start: '2026-03-01T22:00', lasts: '8h' };
  const made = await call('POST', 'silences', { ...silence, lasts: '30d', recurrence: nights });
  assert.deepEqual([made.status, made.json()['state']], [201, 'waiting']);
  now = at('2026-03-02T23:00:00Z');
  assert.equal((await call('GET', `silences/${made.json()['id']}`)).json()['state'], 'active');
});

const refusals: readonly [says: RegExp, body: object][] = [
  [/say who silences|author/, { ...silence, author: ' ' }],
  [/say why|reason/, { ...silence, reason: '' }],
  [/Say when it expires/, { ...silence, lasts: undefined }],
  [/must be later than/, { ...silence, lasts: undefined, until: '2020-01-01T00:00:00Z' }],
  [/at most a year/, { ...silence, lasts: undefined, until: '2030-01-01T00:00:00Z' }],
  [/names no label/, { ...silence, match: {} }],
  [/tema/, { ...silence, match: { tema: 'x' } }],
  [
    /never comes true/,
    {
      ...silence,
      recurrence: { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', start: '2026-01-01T00:00', lasts: '1h' },
    },
  ],
  [/RFC 5545/, { ...silence, recurrence: { rule: 'every day', start: '2026-01-01T00:00', lasts: '1h' } }],
];
for (const [says, body] of refusals)
  test(`a silence is refused: ${says}`, async () => {
    const answer = await call('POST', 'silences', body);
    assert.equal(answer.status, 400);
    assert.match(answer.text, says);
  });

test('a test notice arrives or says why not, and stands in the log; no secret is ever shown', async () => {
  const good = (await call('POST', 'receivers/good/test', {})).json();
  assert.deepEqual([good['delivered'], good['says']], [true, 'HTTP 200']);
  const bad = (await call('POST', 'receivers/bad/test', {})).json();
  assert.deepEqual([bad['delivered'], bad['says']], [false, 'HTTP 403: thanks']);
  const inside = (await call('POST', 'receivers/inside/test', {})).json();
  assert.match(
    String(inside['says']),
    /169.254.169.254 is 169.254.169.254, which is not public; allow it in alerting.outgoing.allow/,
  );
  assert.equal((await call('POST', 'receivers/inbox/test', {})).json()['delivered'], true);
  const none = await call('POST', 'receivers/goode/test', {});
  assert.deepEqual(
    [none.status, none.json()['message']],
    [404, 'There is no receiver "goode"; there are inbox, good, bad, inside.'],
  );
  const log = await call('GET', 'notices');
  const Log = z.object({
    notices: z.array(z.object({ receiver: z.string(), state: z.string(), kind: z.string() })),
    held: z.null(),
  });
  const states = Log.parse(log.json()).notices.map(
    ({ receiver, state, kind }) => `${kind} ${receiver} ${state}`,
  );
  assert.deepEqual(states.sort(), [
    'test bad given-up',
    'test good sent',
    'test inbox sent',
    'test inside given-up',
  ]);
  const receivers = await call('GET', 'receivers');
  assert.match(receivers.text, /\{"name":"good","kind":"webhook","state":null\}/);
  for (const { text } of [log, receivers]) assert.doesNotMatch(text, /hush/);
  const inbox = z
    .object({ notices: z.array(z.object({ kind: z.string(), title: z.string() })) })
    .parse((await call('GET', 'inbox')).json());
  assert.deepEqual(
    inbox.notices.map(({ kind, title }) => `${kind}: ${title}`),
    ['test: Coldburn can reach this receiver'],
  );
});

test('who is on call, and the calendar of it', async () => {
  const answer = await call('GET', 'oncall');
  const OnCall = z.object({
    schedules: z.array(z.object({ name: z.string(), person: z.string(), calendarPath: z.string() })),
  });
  const [schedule] = OnCall.parse(answer.json()).schedules;
  assert.deepEqual([schedule?.name, schedule?.person], ['first', 'ann']);
  const calendar = await call('GET', 'oncall/first/calendar.ics');
  assert.match(calendar.type, /^text\/calendar/);
  assert.match(
    calendar.text,
    /^BEGIN:VCALENDAR\r\n[\s\S]*SUMMARY:ann is on call for first\r\n[\s\S]*END:VCALENDAR\r\n$/,
  );
  assert.equal((await call('GET', 'oncall/second/calendar.ics')).status, 404);
});
