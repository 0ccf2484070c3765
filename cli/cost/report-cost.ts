import { callApi } from '../../http/call-api.js';
import { csvText } from '../../query/cost/report/csv-text.js';
import { focusColumns, focusRows } from '../../query/cost/report/focus.js';
import { costHtml } from '../../query/cost/report/html.js';
import { CostAnswer } from '../../schemas/cost/attribution.js';
import { ProblemError } from '../../schemas/problem.js';
import type { CommandContext, ExitCode } from '../command.js';
import { openTarget, problemLine } from '../remote-target.js';
import type { TargetOptions } from './reconcile-bill.js';
import { shortAmounts, shortenedNote, withShortAmounts } from './short-amounts.js';
import { tableLines } from './table-lines.js';

export const reportFormats = ['table', 'csv', 'json', 'focus', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];
export type ReportOptions = TargetOptions & {
  groupBy: string;
  /** Only this team: what it is shown or charged. */
  team: string | undefined;
  from: string | undefined;
  to: string | undefined;
  basis: string | undefined;
  format: ReportFormat;
};

const monthMs = 30 * 86_400_000;

/** Exits 0 when the report was made, 1 when the server could not be asked or refused. */
export async function reportCost(options: ReportOptions, { io, now }: CommandContext): Promise<ExitCode> {
  const { format, groupBy, basis } = options;
  // A charge in FOCUS has a period: a row is split by day whatever else was asked.
  const names =
    format === 'focus'
      ? [...new Set(['day', ...groupBy.split(',').filter((name) => name !== '')])].join(',')
      : groupBy;
  const query = new URLSearchParams({ groupBy: names });
  query.set('from', options.from ?? new Date(now().getTime() - monthMs).toISOString());
  if (options.to !== undefined) query.set('to', options.to);
  if (basis !== undefined) query.set('basis', basis);
  if (options.team !== undefined) query.set('team', options.team);
  try {
    const api = await openTarget(options, io);
    const answer = await callApi(api, { method: 'GET', path: `cost?${query}` }, CostAnswer);
    for (const line of linesOf(answer, format)) io.out(line);
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.err(problemLine(error));
    return 1;
  }
}

function linesOf(answer: CostAnswer, format: ReportFormat): string[] {
  const { groupBy, rows } = answer;
  const cells = rows.map(({ labels, invocations, costPerMillionUsd, costUsd }) => [
    ...groupBy.map((name) => labels[name] ?? ''),
    String(invocations),
    costPerMillionUsd ?? '',
    costUsd,
  ]);
  const head = [...groupBy, 'invocations', 'costPerMillionUsd', 'costUsd'];
  switch (format) {
    case 'table':
      return [
        ...tableLines(head, shortAmounts(head, cells)),
        '',
        `total ${answer.totalUsd} USD from ${answer.from} to ${answer.to} (${answer.basis}, price book ${answer.priceBook})`,
        ...answer.notes.map(({ message }) => `note: ${message}`),
        shortenedNote,
      ].map(withShortAmounts);
    case 'csv':
      return csvText([head, ...cells]);
    case 'json':
      return [JSON.stringify(answer)];
    case 'focus': {
      const lines = focusRows(answer).map((row) => focusColumns.map((name) => row[name]));
      return csvText([focusColumns, ...lines]);
    }
    case 'html':
      return costHtml(answer);
  }
}
