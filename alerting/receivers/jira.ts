import { z } from 'zod';
import { jsonRequest } from './json-request.js';
import type { Exchange } from './receiver.js';
import { type Tracker, TrackerError } from './tracker.js';
import { callTracker } from './tracker-call.js';

export type JiraSettings = {
  url: string;
  user: string;
  token: string;
  project: string;
  issueType: string;
  doneTransition: string;
};

const Created = z.object({ key: z.string() });
const Found = z.object({ issues: z.array(Created) });
const Comments = z.object({ comments: z.array(z.object({ body: z.string() })) });
const Transitions = z.object({ transitions: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Issues of a project in Jira, by version 2 of its API, which takes plain text. */
export function jiraTracker(settings: JiraSettings, exchange: Exchange, nowMs: number): Tracker {
  const { doneTransition, issueType, project, token, url, user } = settings;
  const base = `${url.replace(/\/$/, '')}/rest/api/2`;
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` };
  const get = (to: string) => ({ method: 'GET', url: to, headers, body: null }) as const;
  return {
    find: async (mark) => {
      const jql = `project = ${project} AND labels = "coldburn-${mark}" ORDER BY created ASC`;
      const request = get(`${base}/search/jql?fields=summary&maxResults=1&jql=${encodeURIComponent(jql)}`);
      const { issues } = await callTracker(exchange, request, nowMs, Found);
      return issues[0]?.key ?? null;
    },
    create: async ({ title, body, mark }) => {
      const fields = {
        project: { key: project },
        issuetype: { name: issueType },
        summary: title.replace(/[\r\n]+/g, ' '),
        description: body.slice(0, 32_000),
        labels: ['coldburn', `coldburn-${mark}`],
      };
      const request = jsonRequest(`${base}/issue`, { fields }, headers);
      return (await callTracker(exchange, request, nowMs, Created)).key;
    },
    hasComment: async (issue, mark) => {
      const list = get(`${base}/issue/${issue}/comment?orderBy=-created&maxResults=100`);
      const { comments } = await callTracker(exchange, list, nowMs, Comments);
      return comments.some(({ body }) => body.includes(`(coldburn ${mark})`));
    },
    comment: async (issue, text) => {
      const request = jsonRequest(`${base}/issue/${issue}/comment`, { body: text.slice(0, 32_000) }, headers);
      await callTracker(exchange, request, nowMs, z.unknown());
    },
    close: async (issue) => {
      const path = `${base}/issue/${issue}/transitions`;
      const { transitions } = await callTracker(exchange, get(path), nowMs, Transitions);
      const done = transitions.find(({ name }) => name.toLowerCase() === doneTransition.toLowerCase());
      if (done === undefined)
        throw new TrackerError({
          kind: 'failed',
          says: `${issue} has no transition "${doneTransition}" now; it has ${transitions.map(({ name }) => `"${name}"`).join(', ') || 'none'}`,
          isLasting: true,
          waitMs: null,
        });
      await callTracker(
        exchange,
        jsonRequest(path, { transition: { id: done.id } }, headers),
        nowMs,
        z.unknown(),
      );
    },
  };
}
