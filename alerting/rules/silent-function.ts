import { z } from 'zod';
import { telemetryState } from '../decide/telemetry.js';
import { windowText } from '../tiers/window-text.js';
import { readFigures } from './read-figures.js';
import type { Rule } from './rule.js';
import { placed } from './shares.js';

const MINUTES = `
  SELECT arraySort(groupUniqArray(toUnixTimestamp(minute))) AS minutes
  FROM invocations_1m
  WHERE tenant = {tenant: String} AND function = {function: String} AND environment = {environment: String}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})` as const;
const Row = z.object({ minutes: z.array(z.number()) });

/** Looked at one by one, so in a wide outage only the first of them; that telemetry is lost has a rule of its own. */
const mostLookedAt = 50;
const dayMs = 86_400_000;

export const silentFunction: Rule = {
  id: 'silent-function',
  title: 'A function that was busy does not run any more',
  severity: 'page',
  why: 'No runs means no errors, so nothing else would tell.',
  minimumMs: 0,
  find: async (context) => {
    const { warehouse, at } = context;
    const quiet = (await readFigures(context)).filter(
      ({ runs }) => runs[0] === 0 && (runs.at(-1) ?? 0) >= 30,
    );
    const findings = [];
    for (const figures of quiet.slice(0, mostLookedAt)) {
      const { function: name, environment } = figures;
      const asked = { function: name, environment, from: new Date(at.getTime() - dayMs), to: at };
      const [row] = await warehouse.query(MINUTES, asked, Row);
      const { isLost, lastMs, usualGapMs } = telemetryState(row?.minutes ?? [], at.getTime());
      if (!isLost || lastMs === null) continue;
      findings.push({
        ...placed(figures),
        verdict: 'reached' as const,
        title: `${name} has stopped running`,
        summary: `It last ran ${windowText(at.getTime() - lastMs)} ago; its longest pause of the day before was ${windowText(Math.max(60_000, usualGapMs))}.`,
        facts: [
          { label: 'Silent for', value: windowText(at.getTime() - lastMs) },
          { label: 'Runs in 24h', value: String(Math.round(figures.runs.at(-1) ?? 0)) },
          {
            label: 'Started by',
            value: figures.triggers.filter((one) => one !== '').join(', ') || 'not told',
          },
        ],
        startedAt: new Date(lastMs),
      });
    }
    return findings;
  },
};
