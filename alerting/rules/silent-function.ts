import { z } from 'zod';
import { telemetryState } from '../decide/telemetry.js';
import { windowText } from '../tiers/window-text.js';
import { readFigures } from './read-figures.js';
import { clockworkMs } from './rhythm.js';
import type { Finding, Rule } from './rule.js';
import { placed } from './shares.js';
import { readStillFires } from './still-fires.js';

const MINUTES = `
  SELECT function, environment, arraySort(groupUniqArray(toUnixTimestamp(minute))) AS minutes
  FROM invocations_1m
  WHERE tenant = {tenant: String} AND function IN {names: Array(String)}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY function, environment` as const;
const Row = z.object({ function: z.string(), environment: z.string(), minutes: z.array(z.number()) });

/** In a wide outage only the first of them: that telemetry is lost has a rule of its own. */
const mostLookedAt = 50;
const dayMs = 86_400_000;

export const silentFunction: Rule = {
  id: 'silent-function',
  title: 'A function that was busy does not run any more',
  severity: 'page',
  why: 'No runs means no errors, so nothing else would tell. A ticket where nothing says that it should run.',
  minimumMs: 0,
  find: async (context) => {
    const { warehouse, at } = context;
    const quiet = (await readFigures(context)).filter(
      ({ runs }) => runs[0] === 0 && (runs.at(-1) ?? 0) >= 30,
    );
    if (quiet.length === 0) return [];
    const looked = quiet.slice(0, mostLookedAt);
    const asked = { names: looked.map((one) => one.function), from: new Date(at.getTime() - dayMs), to: at };
    const rows = await warehouse.query(MINUTES, asked, Row);
    const silent = looked.flatMap((figures) => {
      const { function: name, environment, triggers } = figures;
      const row = rows.find((one) => one.function === name && one.environment === environment);
      const { isLost, lastMs, usualGapMs } = telemetryState(row?.minutes ?? [], at.getTime());
      if (!isLost || lastMs === null) return [];
      const everyMs = clockworkMs(row?.minutes ?? [], figures.runs.at(-1) ?? 0);
      return [{ figures, function: name, environment, triggers, lastMs, usualGapMs, everyMs }];
    });
    const due = await readStillFires(context, silent);
    return silent.map(({ figures, lastMs, usualGapMs, triggers }, index): Finding => {
      const says = due[index] ?? null;
      const silence = windowText(at.getTime() - lastMs);
      const pause = windowText(Math.max(60_000, usualGapMs));
      return {
        ...placed(figures),
        verdict: 'reached',
        severity: says === null ? 'ticket' : 'page',
        title: `${figures.function} has stopped running`,
        summary: `It last ran ${silence} ago; its longest pause of the day before was ${pause}.${says === null ? '' : ` ${says}.`}`,
        facts: [
          { label: 'Silent for', value: silence },
          { label: 'Runs in 24h', value: String(Math.round(figures.runs.at(-1) ?? 0)) },
          { label: 'Started by', value: triggers.filter((one) => one !== '').join(', ') || 'not told' },
          { label: 'Should run', value: says ?? 'nothing says so: perhaps nobody calls it' },
        ],
        startedAt: new Date(lastMs),
      };
    });
  },
};
