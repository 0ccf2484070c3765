import { callApi } from '../../http/call-api.js';
import { ComplianceAnswer } from '../../schemas/slo/compliance-answer.js';
import type { CommandContext, ExitCode } from '../command.js';
import { openTarget } from '../remote-target.js';

export type ComplianceOptions = {
  scope?: string | undefined;
  by?: string | undefined;
  periods?: string | undefined;
  json: boolean;
  target?: string | undefined;
  'key-file'?: string | undefined;
};

/** Exits 1 when a period that is over was not met, so that it fits into a report that may fail. */
export async function showCompliance(
  id: string,
  { scope, by, periods, json, ...source }: ComplianceOptions,
  { io }: CommandContext,
): Promise<ExitCode> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ scope, by, periods }))
    if (value !== undefined) query.set(name, value);
  const path = `slos/${encodeURIComponent(id)}/compliance?${query}`;
  const answer = await callApi(await openTarget(source, io), { method: 'GET', path }, ComplianceAnswer);
  if (json) io.out(JSON.stringify(answer, null, 2));
  else for (const line of linesOf(answer)) io.out(line);
  return answer.periods.some(({ met, isOver }) => isOver && met === false) ? 1 : 0;
}

function linesOf({ id, scope, zone, periods }: ComplianceAnswer): string[] {
  const rows = periods.map(({ label, objective, ratio, met, isOver, good, total, raw }) => [
    label,
    objective === null ? '-' : `${percent(objective)}`,
    ratio === null ? 'no events' : percent(ratio),
    met === null ? '-' : met ? (isOver ? 'met' : 'met so far') : isOver ? 'not met' : 'not met so far',
    `${good} of ${total}`,
    raw.good === good && raw.total === total ? '' : `raw ${raw.good} of ${raw.total}`,
  ]);
  const table = [['period', 'objective', 'good', 'verdict', 'events', 'before corrections'], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`${id}${scope === '' ? '' : ` (${scope})`}, periods in ${zone}`, ...lines];
}

/** With as many digits as tell it from 100 %, and no rounding up to it. */
function percent(ratio: number): string {
  return `${(Math.floor(ratio * 1e7) / 1e5).toString()} %`;
}
