import { Deployment, NewDeployment } from '../../schemas/deployment.js';
import { ProblemError } from '../../schemas/problem.js';
import type { Command } from '../command.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';
import { defaultTarget, openTarget, problemLine, targetOptions } from '../remote-target.js';

const text = { type: 'string' } as const;
const options = {
  function: text,
  version: text,
  environment: text,
  region: text,
  at: text,
  until: text,
  commit: text,
  url: text,
  by: text,
  notes: text,
  json: { type: 'boolean', default: false },
  ...targetOptions,
} as const;

/** Exits 0 when the deployment is recorded, 1 when it could not be, 2 when called wrongly. */
export const deploy: Command = {
  name: 'deploy',
  usage: 'deploy --function F --version V [OPTIONS] [--target URL] [--key-file FILE] [--json]',
  summary: 'Tell a running server of a deployment, from a pipeline or by hand.',
  details: [
    '--function F, --version V  as the telemetry of the function has them',
    '--environment E, --region R  left out: every one',
    '--at INSTANT, --until INSTANT  when it began (now) and when the roll-out ended',
    '--commit C, --url U, --by WHO, --notes TEXT  what readers see beside it',
    `--target URL     web port of the server (${defaultTarget})`,
    '--key-file FILE  a file with an API key of role operator; /dev/stdin reads it from there',
    '',
    'Running it again with the same --at changes its details and counts once.',
    'Exit codes: 0 recorded, 1 it could not be, 2 called wrongly.',
  ],
  run: async (args, { io, now }) => {
    const { values } = parseCommandArgs(args, { options });
    const { json, target, 'key-file': keyFile, by: author, ...told } = values;
    const wanted = NewDeployment.safeParse({ ...told, author, source: 'cli' });
    if (!wanted.success) throw new UsageError(firstIssue(wanted.error.issues));
    const { at = now(), until, ...rest } = wanted.data;
    const body = { ...rest, at: at.getTime(), ...(until === undefined ? {} : { until: until.getTime() }) };
    const { callApi } = await import('../../http/call-api.js');
    try {
      const api = await openTarget({ target, 'key-file': keyFile }, io);
      const stored = await callApi(api, { method: 'POST', path: 'deployments', body }, Deployment);
      const { function: name, version, at: since, id } = stored;
      io.out(json ? JSON.stringify(stored) : `${name} ${version} since ${since} (${id})`);
      return 0;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      io.err(problemLine(error));
      return 1;
    }
  },
};

function firstIssue(issues: readonly { path: PropertyKey[]; message: string; code?: string }[]): string {
  const [issue] = issues;
  const option = `--${String(issue?.path[0] ?? '')}`;
  const missing = issue?.message.includes('undefined') === true;
  return missing ? `${option} is missing` : `${option}: ${issue?.message ?? 'is not valid'}`;
}
