import { z } from 'zod';
import { jsonRequest } from './json-request.js';
import type { Exchange } from './receiver.js';
import type { Tracker } from './tracker.js';
import { callTracker } from './tracker-call.js';

export type GitlabSettings = { url: string; project: string; token: string; labels: readonly string[] };

const Issue = z.object({ iid: z.number().int() });
const Notes = z.array(z.object({ body: z.string() }));

/** Issues of a project on GitLab. */
export function gitlabTracker(settings: GitlabSettings, exchange: Exchange, nowMs: number): Tracker {
  const { labels, project, token, url } = settings;
  const base = `${url.replace(/\/$/, '')}/api/v4/projects/${encodeURIComponent(project)}/issues`;
  const headers = { 'private-token': token };
  const get = (to: string) => ({ method: 'GET', url: to, headers, body: null }) as const;
  return {
    find: async (mark) => {
      const search = `${base}?scope=all&in=description&search=${encodeURIComponent(mark)}`;
      const [found] = await callTracker(exchange, get(search), nowMs, z.array(Issue));
      return found === undefined ? null : String(found.iid);
    },
    create: async ({ title, body }) => {
      const request = jsonRequest(base, { title, description: body, labels: labels.join(',') }, headers);
      return String((await callTracker(exchange, request, nowMs, Issue)).iid);
    },
    hasComment: async (issue, mark) => {
      const list = `${base}/${issue}/notes?sort=desc&per_page=100`;
      const notes = await callTracker(exchange, get(list), nowMs, Notes);
      return notes.some(({ body }) => body.includes(`(coldburn ${mark})`));
    },
    comment: async (issue, body) => {
      await callTracker(
        exchange,
        jsonRequest(`${base}/${issue}/notes`, { body }, headers),
        nowMs,
        z.unknown(),
      );
    },
    close: async (issue) => {
      const request = jsonRequest(`${base}/${issue}`, { state_event: 'close' }, headers, 'PUT');
      await callTracker(exchange, request, nowMs, z.unknown());
    },
  };
}
