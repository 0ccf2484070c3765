import { alertmanagerAlerts } from '../../../alerting/receivers/alertmanager.js';
import { discordMessage } from '../../../alerting/receivers/discord.js';
import { mailMessage } from '../../../alerting/receivers/mail-message.js';
import { opsgenieRequest } from '../../../alerting/receivers/opsgenie.js';
import { pagerdutyEvent } from '../../../alerting/receivers/pagerduty.js';
import { slackMessage } from '../../../alerting/receivers/slack.js';
import { teamsMessage } from '../../../alerting/receivers/teams.js';
import { templateRequest } from '../../../alerting/receivers/template.js';
import { webhookRequest } from '../../../alerting/receivers/webhook.js';
import type { Notice } from '../../../schemas/alerting/notice.js';
import { acknowledged, firing, resolved } from './sample-notice.js';

const template = {
  url: 'https://example.com/hook',
  method: 'POST',
  contentType: 'application/json',
  body: '{"what": "{{headline}}", "team": "{{label.team}}", "at": "{{at}}", "link": "{{viewUrl}}"}',
  headers: {},
} as const;
const webhook = {
  url: 'https://example.com/hook',
  signWith: 'secret',
  headers: { 'x-source': 'coldburn' },
} as const;
const nowMs = Date.parse('2026-03-02T10:05:01Z');

/** What each receiver is sent, by kind; every change of it is to be seen in review. */
const payloads: Readonly<Record<string, (notice: Notice) => unknown>> = {
  slack: slackMessage,
  teams: teamsMessage,
  discord: discordMessage,
  pagerduty: (notice) => pagerdutyEvent(notice, 'routing-key'),
  opsgenie: (notice) => opsgenieRequest(notice, { url: 'https://api.opsgenie.com', apiKey: 'key' }),
  alertmanager: alertmanagerAlerts,
  email: (notice) => mailMessage(notice, { from: 'coldburn@example.com', to: ['oncall@example.com'] }),
  webhook: (notice) => webhookRequest(notice, { ...webhook, format: 'plain' }, nowMs),
  cloudevents: (notice) => webhookRequest(notice, { ...webhook, format: 'cloudevents' }, nowMs),
  template: (notice) => templateRequest(notice, template),
};

export const goldenPayloads = Object.keys(payloads).map((kind) => ({
  kind,
  url: new URL(`../../../../test/golden/receivers/${kind}.json`, import.meta.url),
  make: async () => {
    const notices = { firing, acknowledged, resolved };
    const made = Object.entries(notices).map(([name, notice]) => [name, payloads[kind]?.(notice)]);
    return `${JSON.stringify(Object.fromEntries(made), null, 2)}\n`;
  },
}));
