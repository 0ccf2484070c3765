import type { Notice } from '../../../schemas/alerting/notice.js';

/** A page about one objective, with everything a notice can have. */
export const firing: Notice = {
  id: 't0123456789abcdef01234567-1',
  tenant: 'default',
  receiver: 'payments',
  threadId: 't0123456789abcdef01234567',
  sequence: 1,
  kind: 'firing',
  at: '2026-03-02T10:05:00.000Z',
  severity: 'page',
  title: 'Checkout answers: burning 20 times too fast',
  text: '20× the sustainable spend over 1 h: 12.4 % of the budget is gone, the rest lasts 3 h.',
  group: { owner: 'payments', environment: 'production' },
  items: [
    {
      incidentId: 'i1',
      title: 'Checkout answers: burning 20 times too fast',
      summary: 'Page tier 1h/5m: 20× over 1 h and 22× over 5 min',
      severity: 'page',
      isFiring: true,
      labels: {
        owner: 'payments',
        team: 'payments',
        environment: 'production',
        function: 'checkout-api',
        rule: 'slo-burn',
        slo: 'checkout-success',
        severity: 'page',
      },
      startedAt: '2026-03-02T10:01:00.000Z',
      resolvedAt: null,
      facts: [
        { label: 'Burn rate, 1h', value: '20×' },
        { label: 'Budget left', value: '87.6 %' },
        { label: 'Bad of all', value: '240 of 12,000' },
      ],
      diagnosis: '96 % of the failures run version 2026-03-02.1, which 4 % of the good runs do',
      runbookUrl: 'https://runbooks.example.com/checkout',
      viewUrl: 'https://coldburn.example.com/incidents/i1',
    },
  ],
  firing: 1,
  resolved: 0,
  more: 0,
  news: [],
  acknowledgedBy: null,
  viewUrl: 'https://coldburn.example.com/incidents/i1',
  html: null,
};

const [item] = firing.items;

export const resolved: Notice = {
  ...firing,
  id: `${firing.threadId}-3`,
  sequence: 3,
  kind: 'resolved',
  at: '2026-03-02T10:25:00.000Z',
  text: 'Over after 24 min.',
  items: item === undefined ? [] : [{ ...item, isFiring: false, resolvedAt: '2026-03-02T10:25:00.000Z' }],
  firing: 0,
  resolved: 1,
};

export const acknowledged: Notice = {
  ...firing,
  id: `${firing.threadId}-2`,
  sequence: 2,
  kind: 'update',
  at: '2026-03-02T10:07:00.000Z',
  news: ['Acknowledged by ann'],
  acknowledgedBy: 'ann',
};

/** What 5,000 objectives firing at once look like to one receiver. */
const storm: Notice = {
  ...firing,
  id: 't9-1',
  threadId: 't9',
  title: '5,000 incidents',
  text: '5,000 incidents fire.',
  group: {},
  items: Array.from({ length: 20 }, (_, index) => ({
    ...(item ?? { facts: [] }),
    ...{ incidentId: `i${index}`, title: `Objective ${index}`, summary: 'It burns' },
    severity: 'page' as const,
    isFiring: true,
    labels: { function: `f${index}` },
    startedAt: '2026-03-02T10:01:00.000Z',
    resolvedAt: null,
    facts: item?.facts ?? [],
    diagnosis: null,
    runbookUrl: null,
    viewUrl: null,
  })),
  firing: 5000,
  more: 4980,
};

export const samples: Readonly<Record<string, Notice>> = { firing, acknowledged, resolved, storm };
