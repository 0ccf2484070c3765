import { availableParallelism } from 'node:os';
import { callApi } from '../../http/call-api.js';
import { ReconcileAnswer } from '../../schemas/cost/bill.js';
import { ProblemError } from '../../schemas/problem.js';
import type { CommandContext, ExitCode } from '../command.js';
import { loadConfig } from '../load-config.js';
import { machineMemory, usableMemoryBytes } from '../machine-memory.js';
import { openTarget, problemLine } from '../remote-target.js';
import { configuredLimits } from '../warehouse-limits.js';
import { readBill } from './read-bill.js';
import { tableLines } from './table-lines.js';

export type TargetOptions = { target?: string | undefined; 'key-file'?: string | undefined };

/** A month of a large account takes longer to compare than other questions. */
const patienceMs = 120_000;

/** Exits 0 when the bill was compared, 1 when it could not be read or the server not be asked. */
export async function reconcileBill(
  path: string,
  options: TargetOptions & { isJson: boolean },
  { io, env, now }: CommandContext,
): Promise<ExitCode> {
  const { config } = await loadConfig(env);
  const limits = configuredLimits(config.limits, usableMemoryBytes(machineMemory()), availableParallelism());
  try {
    const api = { ...(await openTarget(options, io)), timeoutMs: patienceMs };
    const { records } = await readBill(path, limits, now);
    const answer = await callApi(
      api,
      { method: 'POST', path: 'cost/reconcile', body: { records } },
      ReconcileAnswer,
    );
    if (options.isJson) io.out(JSON.stringify(answer));
    else for (const line of bridgeLines(answer)) io.out(line);
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.err(problemLine(error));
    return 1;
  }
}

function bridgeLines(answer: ReconcileAnswer): string[] {
  const steps = answer.bridge
    .filter(({ usd }) => usd !== '0')
    .map(({ step, usd, meaning }) => [meaning, step, usd]);
  const rows = [
    ['list cost by telemetry', 'modelled', answer.modelledUsd],
    ...steps,
    ['on the bill', 'billed', answer.billedUsd],
  ];
  const { read, functions, unreadable } = answer.lines;
  return [
    `${answer.from ?? 'no day'} to ${answer.to ?? 'no day'}, ${read} rows read, ${functions} kinds of functions, ${unreadable} rows unreadable`,
    '',
    ...tableLines(['what', 'step', 'USD'], rows),
    '',
    `left over ${answer.residualUsd} USD, coverage ${answer.coverageRatio ?? 'not known'}`,
    ...answer.notes.map(({ message }) => `note: ${message}`),
  ];
}
