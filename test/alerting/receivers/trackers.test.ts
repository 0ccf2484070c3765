import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressGuard } from '../../../alerting/outgoing/address-guard.js';
import { httpExchange } from '../../../alerting/outgoing/http-exchange.js';
import { githubTracker } from '../../../alerting/receivers/github.js';
import { gitlabTracker } from '../../../alerting/receivers/gitlab.js';
import { jiraTracker } from '../../../alerting/receivers/jira.js';
import type { Exchange, Outcome } from '../../../alerting/receivers/receiver.js';
import { type Tracker, tellTracker } from '../../../alerting/receivers/tracker.js';
import type { Notice } from '../../../schemas/alerting/notice.js';
import { type Recorded, type Reply, recordingServer } from '../../support/recording-server.js';
import { acknowledged, firing, resolved } from './sample-notice.js';

type Issue = { title: string; body: string; state: 'open' | 'closed'; comments: string[] };
type Kind = {
  name: string;
  tracker: (url: string, exchange: Exchange) => Tracker;
  /** The part of its API that is used, on issues kept in memory. */
  answer: (request: Recorded, issues: Issue[]) => Reply;
  reference: string;
};

const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });
const given = ({ body }: Recorded): Record<string, unknown> => JSON.parse(body || '{}');
const gone: Reply = { status: 404, body: '{"message": "Not Found"}' };

const kinds: readonly Kind[] = [
  {
    name: 'github',
    reference: '1',
    tracker: (url, exchange) =>
      githubTracker({ url, repository: 'o/r', token: 't', labels: ['coldburn'] }, exchange, 0),
    answer: (request, issues) => {
      const { pathname } = new URL(request.path, 'http://x');
      const [, number, verb] = /^\/repos\/o\/r\/issues(?:\/(\d+))?(\/comments)?$/.exec(pathname) ?? [];
      const issue = issues[Number(number) - 1];
      if (request.headers.authorization !== 'Bearer t') return gone;
      if (number === undefined && request.method === 'GET')
        return json(issues.map(({ body }, at) => ({ number: at + 1, body })));
      if (number === undefined) {
        issues.push({
          title: String(given(request)['title']),
          body: String(given(request)['body']),
          state: 'open',
          comments: [],
        });
        return json({ number: issues.length }, 201);
      }
      if (issue === undefined) return gone;
      if (verb === undefined) issue.state = 'closed';
      else if (request.method === 'GET') return json(issue.comments.map((body) => ({ body })));
      else issue.comments.push(String(given(request)['body']));
      return json({ number: Number(number) });
    },
  },
  {
    name: 'gitlab',
    reference: '1',
    tracker: (url, exchange) =>
      gitlabTracker({ url, project: 'g/p', token: 't', labels: ['coldburn'] }, exchange, 0),
    answer: (request, issues) => {
      const { pathname, searchParams } = new URL(request.path, 'http://x');
      const [, number, verb] =
        /^\/api\/v4\/projects\/g%2Fp\/issues(?:\/(\d+))?(\/notes)?$/.exec(pathname) ?? [];
      const issue = issues[Number(number) - 1];
      if (request.headers['private-token'] !== 't') return gone;
      if (number === undefined && request.method === 'GET') {
        const mark = searchParams.get('search') ?? '';
        return json(issues.flatMap(({ body }, at) => (body.includes(mark) ? [{ iid: at + 1 }] : [])));
      }
      if (number === undefined) {
        issues.push({
          title: String(given(request)['title']),
          body: String(given(request)['description']),
          state: 'open',
          comments: [],
        });
        return json({ iid: issues.length }, 201);
      }
      if (issue === undefined) return gone;
      if (verb === undefined) issue.state = 'closed';
      else if (request.method === 'GET') return json(issue.comments.map((body) => ({ body })));
      else issue.comments.push(String(given(request)['body']));
      return json({ iid: Number(number) });
    },
  },
  {
    name: 'jira',
    reference: 'OPS-1',
    tracker: (url, exchange) =>
      jiraTracker(
        { url, user: 'u', token: 't', project: 'OPS', issueType: 'Task', doneTransition: 'Done' },
        exchange,
        0,
      ),
    answer: (request, issues) => {
      const { pathname, searchParams } = new URL(request.path, 'http://x');
      if (request.headers.authorization !== `Basic ${Buffer.from('u:t').toString('base64')}`) return gone;
      if (pathname === '/rest/api/2/search/jql') {
        const mark = /coldburn-([\w-]+)/.exec(searchParams.get('jql') ?? '')?.[1] ?? '';
        return json({
          issues: issues.flatMap(({ body }, at) => (body.includes(mark) ? [{ key: `OPS-${at + 1}` }] : [])),
        });
      }
      const [, key, verb] =
        /^\/rest\/api\/2\/issue(?:\/OPS-(\d+)\/(comment|transitions))?$/.exec(pathname) ?? [];
      const issue = issues[Number(key) - 1];
      if (key === undefined) {
        const { summary, description } = JSON.parse(request.body).fields;
        issues.push({ title: summary, body: description, state: 'open', comments: [] });
        return json({ key: `OPS-${issues.length}` }, 201);
      }
      if (issue === undefined) return gone;
      if (verb === 'transitions' && request.method === 'GET')
        return json({ transitions: [{ id: '31', name: 'Done' }] });
      if (verb === 'transitions') issue.state = 'closed';
      else if (request.method === 'GET') return json({ comments: issue.comments.map((body) => ({ body })) });
      else issue.comments.push(String(given(request)['body']));
      return { status: verb === 'transitions' ? 204 : 201, body: '' };
    },
  },
];

for (const { name, tracker, answer, reference } of kinds) {
  test(`${name}: one issue a thread, comments for news, closed at the end, and nothing twice after answers that got lost`, async () => {
    const issues: Issue[] = [];
    const server = await recordingServer((request) => answer(request, issues));
    try {
      const exchange = httpExchange({
        isAllowed: addressGuard(['127.0.0.1']),
        resolve: async () => [],
        timeoutMs: 5000,
      });
      const tell = (notice: Notice, attempt: number, known: string | null): Promise<Outcome> =>
        tellTracker(tracker(server.url, exchange), notice, { nowMs: 0, attempt, reference: known });
      const delivered = { kind: 'delivered', reference, says: `issue ${reference}` };
      assert.deepEqual(await tell(firing, 1, null), delivered);
      assert.deepEqual(await tell(firing, 2, null), delivered, 'it is found again');
      assert.equal(issues.length, 1);
      assert.deepEqual(await tell(acknowledged, 1, reference), delivered);
      assert.deepEqual(await tell(acknowledged, 2, reference), delivered);
      assert.equal(issues[0]?.comments.length, 1);
      assert.deepEqual(await tell(resolved, 1, null), delivered, 'its number was not kept');
      assert.deepEqual([issues[0]?.state, issues[0]?.comments.length], ['closed', 2]);
      assert.match(issues[0]?.title ?? '', /Checkout answers/);
    } finally {
      await server.close();
    }
  });
}

test('an answer that is none is tried again; a wrong key is not', async () => {
  const answers: Reply[] = [
    { status: 200, body: '<html>gateway</html>' },
    { status: 401, body: 'bad credentials' },
  ];
  const server = await recordingServer((_request, count) => answers[count - 1] ?? { status: 500 });
  try {
    const exchange = httpExchange({
      isAllowed: addressGuard(['127.0.0.1']),
      resolve: async () => [],
      timeoutMs: 5000,
    });
    const tell = () =>
      tellTracker(
        githubTracker({ url: server.url, repository: 'o/r', token: 't', labels: [] }, exchange, 0),
        firing,
        { nowMs: 0, attempt: 1, reference: null },
      );
    const outcomes = [await tell(), await tell(), await tell()];
    assert.deepEqual(
      outcomes.map((one) => one.kind === 'failed' && one.isLasting),
      [false, true, false],
    );
    assert.match(outcomes[0]?.says ?? '', /HTTP 200, and not what this tracker answers/);
  } finally {
    await server.close();
  }
});
