import { z } from 'zod';
import { jsonRequest } from './json-request.js';
import type { Exchange } from './receiver.js';
import type { Tracker } from './tracker.js';
import { callTracker } from './tracker-call.js';

export type GithubSettings = { url: string; repository: string; token: string; labels: readonly string[] };

const Issue = z.object({ number: z.number().int() });
const Marked = z.array(z.object({ number: z.number().int(), body: z.string().nullable() }));
const Comments = z.array(z.object({ body: z.string().nullable() }));

/** Issues of a repository on GitHub, or on a GitHub Enterprise Server. */
export function githubTracker(settings: GithubSettings, exchange: Exchange, nowMs: number): Tracker {
  const { labels, repository, token, url } = settings;
  const base = `${url.replace(/\/$/, '')}/repos/${repository}/issues`;
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'coldburn',
    'x-github-api-version': '2022-11-28',
  };
  const get = (to: string) => ({ method: 'GET', url: to, headers, body: null }) as const;
  const label = encodeURIComponent(labels[0] ?? '');
  return {
    find: async (mark) => {
      const list = `${base}?state=all&sort=created&direction=desc&per_page=100&labels=${label}`;
      const issues = await callTracker(exchange, get(list), nowMs, Marked);
      const found = issues.find(({ body }) => body?.includes(`(coldburn ${mark})`));
      return found === undefined ? null : String(found.number);
    },
    create: async ({ title, body }) => {
      const request = jsonRequest(base, { title, body, labels }, headers);
      return String((await callTracker(exchange, request, nowMs, Issue)).number);
    },
    hasComment: async (issue, mark) => {
      const comments = await callTracker(
        exchange,
        get(`${base}/${issue}/comments?per_page=100`),
        nowMs,
        Comments,
      );
      return comments.some(({ body }) => body?.includes(`(coldburn ${mark})`));
    },
    comment: async (issue, body) => {
      await callTracker(
        exchange,
        jsonRequest(`${base}/${issue}/comments`, { body }, headers),
        nowMs,
        z.unknown(),
      );
    },
    close: async (issue) => {
      const request = jsonRequest(
        `${base}/${issue}`,
        { state: 'closed', state_reason: 'completed' },
        headers,
        'PATCH',
      );
      await callTracker(exchange, request, nowMs, z.unknown());
    },
  };
}
