import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import { configJson, printConfig } from '../../../schemas/config/print-config.js';

const read = (yamlText: string, env: Record<string, string> = {}) =>
  parseConfig({ yamlText, yamlPath: 'c.yaml', env });

const whole = `
alerting:
  publicUrl: https://coldburn.example.com
  receivers:
    - { name: hook, kind: webhook, url: { env: HOOK }, signWith: hush-hook, headers: { x-key: hush-header } }
    - { name: any, kind: template, url: "https://a.example/hush-any", body: "{{title}}" }
    - { name: chat, kind: slack, url: { env: SLACK } }
    - { name: teams, kind: teams, url: "https://t.example/hush-teams" }
    - { name: discord, kind: discord, url: "https://d.example/hush-discord" }
    - { name: pager, kind: pagerduty, routingKey: hush-pager }
    - { name: genie, kind: opsgenie, apiKey: hush-genie }
    - { name: am, kind: alertmanager, url: "http://am:9093" }
    - { name: mail, kind: email, host: smtp.example.com, user: u, password: hush-mail, from: a@b.c, to: [d@e.f] }
    - { name: gh, kind: github, repository: o/r, token: hush-gh }
    - { name: gl, kind: gitlab, project: g/p, token: hush-gl }
    - { name: jira, kind: jira, url: "https://j.example", user: u, token: hush-jira, project: OPS }
  people: [{ name: ann, receivers: [mail] }]
  schedules: [{ name: first, zone: Europe/Berlin, rotations: [{ people: [ann], start: "2026-01-05T09:00" }] }]
  escalations: [{ name: e, steps: [{ after: 10m, to: ["schedule:first", "receiver:pager"] }] }]
  muteTimes: [{ name: weekend, rule: "FREQ=WEEKLY;BYDAY=SA,SU", start: "2026-01-03T00:00", lasts: 1d }]
  routes:
    - match: { team: payments }
      to: [chat]
      routes: [{ match: { severity: page }, to: [pager], escalation: e, muteTimes: [weekend] }]
  actions: [{ name: roll-back, match: { rule: version-regression }, receiver: hook }]
`;
const env = { HOOK: 'https://h.example/hush-env', SLACK: 'https://s.example/hush-slack' };

test('every kind of receiver is read, its secrets are found, and none is ever printed', () => {
  const parsed = read(whole, env);
  assert.ok(parsed.kind === 'ok', JSON.stringify(parsed));
  const { config, sources } = parsed;
  assert.equal(config.alerting.receivers.length, 12);
  const [hook, , chat] = config.alerting.receivers;
  assert.ok(hook?.kind === 'webhook' && chat?.kind === 'slack');
  assert.deepEqual(
    [hook.url.reveal(), hook.signWith?.reveal(), chat.url.reveal()],
    [env.HOOK, 'hush-hook', env.SLACK],
  );
  const shown = [
    JSON.stringify(config),
    inspect(config, { depth: 20 }),
    JSON.stringify(configJson(config, sources)),
    printConfig(config, sources).join('\n'),
  ];
  for (const text of shown) assert.doesNotMatch(text, /hush/);
  const printed = printConfig(config, sources).join('\n');
  assert.match(printed, /# receivers: hook, any, chat, .*jira \(hidden\)/);
  assert.match(printed, /routes: \[\{"match":\{"team":\["payments"\]\}/);
});

const wrong = [
  {
    yaml: 'alerting: {to: [chat]}',
    says: /alerting.to names the receiver "chat", which there is none of; did you mean "inbox"\?/,
  },
  {
    yaml: 'alerting: {routes: [{match: {}, routes: [{to: [inbx]}]}]}',
    says: /alerting.routes.0.routes.0.to names the receiver "inbx".*did you mean "inbox"/,
  },
  {
    yaml: 'alerting: {routes: [{match: {tema: a}}]}',
    says: /unknown key "tema" in alerting.routes.0.match; did you mean team/,
  },
  { yaml: 'alerting: {routes: [{escalation: x}]}', says: /names the escalation "x"/ },
  {
    yaml: 'alerting: {receivers: [{name: a, kind: slack, url: "https://x"}, {name: a, kind: teams, url: "https://x"}]}',
    says: /alerting.receivers.1.name is "a" a second time/,
  },
  {
    yaml: 'alerting: {receivers: [{name: a, kind: slack, url: {env: NONE}}]}',
    says: /alerting.receivers.0.url points at the environment name NONE, which is not set/,
  },
  {
    yaml: 'alerting: {receivers: [{name: inbox, kind: slack, url: "https://x"}]}',
    says: /"inbox" is the one that is always there/,
  },
  {
    yaml: 'alerting: {schedules: [{name: s, rotations: [{people: [ann], start: "2026-02-30T09:00"}]}]}',
    says: /must be a day that exists/,
  },
  {
    yaml: 'alerting: {schedules: [{name: s, rotations: [{people: [ann], start: "2026-02-20T09:00"}]}]}',
    says: /names the person "ann"/,
  },
  {
    yaml: 'alerting: {muteTimes: [{name: m, rule: "FREQ=SECONDLY", start: "2026-02-20T09:00", lasts: 1h}]}',
    says: /must be a rule of RFC 5545/,
  },
  { yaml: 'alerting: {actions: [{name: a, match: {}, receiver: inbox}], receivers: []}', says: null },
  {
    yaml: 'alerting: {actions: [{name: a, match: {}, receiver: h}], receivers: [{name: h, kind: webhook, url: "https://x"}]}',
    says: /must be a webhook with signWith/,
  },
  {
    yaml: 'alerting: {reports: [{name: r, content: slo-review, every: week, zone: Mars, to: [inbox]}]}',
    says: /must be an IANA time zone/,
  },
];
for (const { yaml, says } of wrong)
  test(`alerting settings: ${yaml.slice(10, 90)}`, () => {
    const parsed = read(yaml);
    if (says === null) return assert.equal(parsed.kind, 'ok', JSON.stringify(parsed));
    assert.ok(parsed.kind === 'invalid');
    assert.match(parsed.problems.map(({ says: sentence }) => sentence).join('; '), says);
  });
