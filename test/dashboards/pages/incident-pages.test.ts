import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { incidentLog } from '../../../alerting/incidents/append-events.js';
import { Tenant } from '../../../schemas/access.js';
import { IncidentDetail } from '../../../schemas/alerting/incident-answer.js';
import { InboxAnswer } from '../../../schemas/alerting/notice-answers.js';
import { SilenceList } from '../../../schemas/alerting/silence.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { someEvent } from '../../alerting/incidents/some-event.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { assertAccessible } from '../../support/axe.js';
import { launchBrowser, visit } from '../../support/browser.js';
import { openMigrated } from '../../support/open-migrated.js';

const now = new Date('2026-11-20T12:00:00.000Z');
const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } as const;
const light = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;
const tenant = Tenant.parse('incidents');
const hostile = '<img src=x onerror="document.title=\'owned\'"> \u202Etxt 🔥';

let warehouse: Warehouse;
let closeWarehouse: () => Promise<void>;
let browser: Browser;
let app: AppUnderTest;

before(async () => {
  ({ warehouse, close: closeWarehouse } = await openMigrated());
  app = await startApp(warehouse, () => now, tenant, undefined, {
    inboxes: ['shop-pager'],
    alerting: {
      routes: [{ match: { team: 'shop' }, to: ['shop-pager'], routes: [{ match: { severity: 'ticket' } }] }],
    },
  });
  const early = { at: '2026-11-20T08:00:00.000Z', startedAt: '2026-11-20T07:55:00.000Z' };
  await incidentLog(warehouse)([
    someEvent({ tenant, incidentId: 'burn', runbookUrl: 'https://runbooks.example/checkout' }),
    someEvent({
      tenant,
      incidentId: 'late',
      severity: 'ticket',
      sloId: 'other',
      title: hostile,
      summary: hostile,
    }),
    someEvent({ tenant, incidentId: 'before', ...early }),
    someEvent({
      tenant,
      incidentId: 'before',
      ...early,
      sequence: 2,
      at: '2026-11-20T08:30:00.000Z',
      kind: 'resolved',
    }),
  ]);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await app.close();
  await closeWarehouse();
});

const openPage = (path: string, options: object, run: (page: Page) => Promise<void>) =>
  visit(browser, app.url + path, options, async ({ page }) => {
    await page.locator('.incident-row .name, .timeline-event, .receiver-row, .notice-row').first().waitFor();
    await run(page);
  });
const detail = async (id: string) =>
  IncidentDetail.parse(await (await fetch(`${app.url}/api/v1/incidents/${id}`)).json());

test('open pages come before tickets, what is over last; hostile titles are text', async () => {
  await openPage('/incidents', desktop, async (page) => {
    const titles = await page.locator('.incident-row .name').allTextContents();
    assert.deepEqual(titles, ['Checkout is burning its budget', hostile, 'Checkout is burning its budget']);
    assert.deepEqual(await page.locator('.incident-row .status-chip').allTextContents(), [
      'Page',
      'Ticket',
      'Resolved',
    ]);
    assert.equal(await page.title(), 'Coldburn');
    await page.locator('.incident-row .name').first().click();
    await page.getByRole('heading', { name: 'Checkout is burning its budget', level: 1 }).waitFor();
  });
});

const api = async (path: string): Promise<unknown> => (await fetch(`${app.url}/api/v1/${path}`)).json();

test('on call: open incidents stand first, pages before tickets, and are acknowledged and silenced in place', async () => {
  await openPage('/oncall', desktop, async (page) => {
    const rows = page.locator('[data-panel="open-incidents"] .incident-row');
    assert.deepEqual(await rows.locator('.status-chip').allTextContents(), ['Page', 'Ticket']);
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'Checkout is burning its budget',
    );
    const late = rows.last();
    await late.getByRole('button', { name: /^Acknowledge/ }).click();
    await late.getByText('seen by').waitFor();
    await late.getByRole('button', { name: /^Assign ./ }).click();
    await late.getByLabel('Who takes care of it').fill('Mara');
    await late.getByRole('button', { name: 'Assign', exact: true }).click();
    await late.locator('.incident-who', { hasText: 'Mara' }).waitFor();
    await late.getByRole('button', { name: /^Silence ./ }).click();
    await late.getByLabel('Why', { exact: true }).fill(hostile);
    await late.getByLabel('Your name').fill('Mara');
    await late.getByRole('button', { name: 'Silence', exact: true }).click();
    await page.locator('[data-panel="silences"] .silence-row', { hasText: hostile }).waitFor();
  });
  const { acknowledgedAt, assignee } = await detail('late');
  assert.deepEqual([acknowledgedAt !== null, assignee], [true, 'Mara']);
  const { silences } = SilenceList.parse(await api('silences'));
  assert.deepEqual(
    silences.map(({ match, author, state }) => [match, author, state]),
    [[{ slo: ['other'] }, 'Mara', 'active']],
  );
});

test('an incident is acknowledged, assigned, noted and resolved in place', async () => {
  await openPage('/incidents/burn', desktop, async (page) => {
    const similar = page.locator('[data-panel="similar"] .incident-row');
    await similar.first().waitFor();
    assert.equal(await similar.count(), 1);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.locator('.timeline-event[data-kind="acknowledged"]').waitFor();
    await page.getByLabel('Who takes care of it').fill('Mara');
    await page.keyboard.press('Enter');
    await page.locator('.timeline-event[data-kind="assigned"]', { hasText: 'Assigned to Mara.' }).waitFor();
    await page.getByLabel('Note for the timeline').fill(hostile);
    await page.keyboard.press('Enter');
    await page.locator('.timeline-event[data-kind="noted"]', { hasText: hostile }).waitFor();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
  });
  const { state, assignee, timeline } = await detail('burn');
  assert.deepEqual([state, assignee, timeline.length], ['resolved', 'Mara', 5]);
});

test('settings: a silence is made by labels and ended with a reason, a receiver is tested, routes stand as they are', async () => {
  await visit(browser, `${app.url}/settings`, desktop, async ({ page }) => {
    const silences = page.locator('[data-panel="silences"]');
    await page.getByLabel('What to silence').fill('team=shop, wrong=1');
    await silences.getByText('"wrong" is no label').waitFor();
    await page.getByLabel('What to silence').fill('team=shop');
    await page.getByLabel('Why', { exact: true }).fill('a rehearsal');
    await page.getByLabel('Your name').fill('Mara');
    await silences.getByRole('button', { name: 'Silence', exact: true }).click();
    await silences.getByRole('button', { name: 'End the silence of team shop' }).click();
    await page.getByLabel('Why it is ended').fill('over');
    await page.keyboard.press('Enter');
    await silences.locator('.silence-row[data-state="over"]', { hasText: 'team shop' }).waitFor();
    await page.getByRole('button', { name: 'Send a test to shop-pager' }).click();
    await page.locator('.receiver-says[data-delivered="true"]').waitFor();
    const routes = await page.locator('.route-rows .route-match').allTextContents();
    assert.deepEqual(routes, ['team shop', 'severity ticket', 'everything else']);
    await page.getByLabel('Filter rates').fill('lambda requests eu-central-1');
    await page.locator('.book-table tbody tr', { hasText: '0.0000002' }).first().waitFor();
    await page.getByRole('link', { name: 'Read the inbox' }).click();
    await page.locator('.notice-row', { hasText: 'shop-pager' }).first().waitFor();
  });
  const { notices } = InboxAnswer.parse(await api('inbox'));
  assert.deepEqual(
    notices.map(({ kind, receiver }) => [kind, receiver]),
    [['test', 'shop-pager']],
  );
});

for (const [name, options] of Object.entries({ desktop, light, phone }))
  for (const path of ['/incidents', '/incidents/late', '/oncall', '/settings', '/inbox'])
    test(`axe finds nothing and nothing overflows: ${path}, ${name}`, async () => {
      await openPage(path, options, async (page) => {
        await assertAccessible(page);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
      });
    });
