import assert from 'node:assert/strict';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { packagedBrowser } from './packaged-browser.js';

const flags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--font-render-hinting=none',
];

/** Runs in the page, whose types this program does not have. */
const reportViolations = `addEventListener('securitypolicyviolation', (event) => {
  reportViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile);
});`;

/** What a page did that no page of ours may do. */
export type PageWatch = {
  /** Console errors matching this are part of the test, such as the failed request a failed state is about. */
  expect: (pattern: RegExp) => void;
  assertClean: () => void;
};

export type Visit = { page: Page; watch: PageWatch };

/** Launches the packaged browser on a profile that is gone afterwards. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await packagedBrowser();
  return chromium.launch({ executablePath, env, headless: true, chromiumSandbox: false, args: flags });
}

/** Opens a page of its own profile, runs the visit, and fails on console errors, CSP violations and outside requests. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  run: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const watch = await watchPage(page, new URL(url).origin);
    await page.goto(url, { waitUntil: 'commit' });
    await run({ page, watch });
    watch.assertClean();
  } finally {
    await context.close();
  }
}

async function watchPage(page: Page, origin: string): Promise<PageWatch> {
  const complaints: string[] = [];
  const expected: RegExp[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked outside: ${request.url()}`);
  });
  await page.exposeFunction('reportViolation', (violation: string) => complaints.push(`CSP: ${violation}`));
  await page.addInitScript({ content: reportViolations });
  return {
    expect: (pattern) => expected.push(pattern),
    assertClean: () => {
      const unexpected = complaints.filter(
        (complaint) => !expected.some((pattern) => pattern.test(complaint)),
      );
      assert.deepEqual(unexpected, []);
    },
  };
}
