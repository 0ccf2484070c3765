import { z } from 'zod';
import { DemoIncidentRun } from '../../../schemas/demo.js';
import { Problem } from '../../../schemas/problem.js';
import type { CommandContext, ExitCode } from '../../command.js';
import { parseCommandArgs, UsageError } from '../../parse-command-args.js';
import { urlOption } from './parse-demo-args.js';

const options = {
  url: { type: 'string', default: 'http://127.0.0.1:8080' },
  'key-file': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;
const timeoutMs = 10_000;

/** `demo incident NAME`: asks a server that runs with --demo. Exits 0 when the incident begins, 1 when refused. */
export async function incidentCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0)
    throw new UsageError('"demo incident" needs one name; "coldburn demo list" shows them');
  const { io } = context;
  const url = urlOption('url', values.url);
  const keyFile = values['key-file'];
  const key = keyFile === undefined ? null : (await io.read(keyFile)).trim();
  const answer = await post(new URL('/api/v1/demo/incidents', url), { name }, key);
  if (typeof answer === 'string') {
    io.err(answer);
    return 1;
  }
  const { title, from, to } = answer;
  io.out(values.json ? JSON.stringify(answer) : `${title}: from ${from} to ${to}`);
  return 0;
}

/** The run, or the sentence that says why there is none. */
async function post(url: URL, body: { name: string }, key: string | null): Promise<DemoIncidentRun | string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (key !== null) headers['authorization'] = `Bearer ${key}`;
  let response: Response;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
  } catch {
    return `Nobody answers at ${url.origin}; start the server with "npm start -- --demo", or give its --url.`;
  }
  const answered: unknown = await response.json().catch(() => null);
  const run = z.object({ ...DemoIncidentRun.shape }).safeParse(answered);
  if (response.ok && run.success) return run.data;
  const problem = Problem.safeParse(answered);
  if (!problem.success) return `${url.origin} answered ${response.status}, which is not Coldburn's answer.`;
  // Without --demo the route does not exist at all.
  if (response.status === 404 && !problem.data.message.includes('incident "'))
    return `The server at ${url.origin} runs without the demo fleet; start it with --demo.`;
  return `${problem.data.message} ${problem.data.remedy}`;
}
