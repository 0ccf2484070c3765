import type { z } from 'zod';
import { callApi } from '../../http/call-api.js';
import { ProblemError } from '../../schemas/problem.js';
import type { CommandContext, ExitCode } from '../command.js';
import { UsageError } from '../parse-command-args.js';
import { openTarget, problemLine } from '../remote-target.js';
import { type Shown, views } from './answer-views.js';
import type { TargetOptions } from './reconcile-bill.js';
import { shortAmounts, shortenedNote, withShortAmounts } from './short-amounts.js';
import { tableLines } from './table-lines.js';

export type AnswerOptions = TargetOptions & {
  view: keyof typeof views;
  traceId: string | null;
  isJson: boolean;
  query: Readonly<Record<string, string | undefined>>;
};

/** Questions about weeks of a large fleet take longer than others. */
const patienceMs = 60_000;

/** One answer of the API as a table, or as it is. Exits 0 when it was given, 1 when the server could not be asked or refused. */
export async function showAnswer(options: AnswerOptions, { io }: CommandContext): Promise<ExitCode> {
  const { view, traceId, isJson } = options;
  const { path, usualWindowMs, takes } = views[view];
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query)) {
    if (value === undefined) continue;
    const isTaken: boolean = takes.some((one) => one === name);
    if (!isTaken) throw new UsageError(`"${view}" takes no --${name === 'groupBy' ? 'group-by' : name}`);
    query.set(name, value);
  }
  if (usualWindowMs !== null && !query.has('from')) query.set('windowMs', String(usualWindowMs));
  const suffix = traceId === null ? '' : `/${encodeURIComponent(traceId)}`;
  try {
    const api = { ...(await openTarget(options, io)), timeoutMs: patienceMs };
    const ask = async <Answer>(schema: z.ZodType<Answer>, show: (answer: Answer) => Shown) => {
      const answer = await callApi(api, { method: 'GET', path: `cost/${path}${suffix}?${query}` }, schema);
      return { answer, ...show(answer) };
    };
    const { answer, head, rows, after } = await views[view].read(ask);
    if (isJson) io.out(JSON.stringify(answer));
    else {
      const lines = [...tableLines(head, shortAmounts(head, rows)), '', ...after.map(withShortAmounts)];
      for (const line of [...lines, shortenedNote]) io.out(line);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.err(problemLine(error));
    return 1;
  }
}
