import { GateAnswer } from '../../schemas/alerting/gate-answer.js';
import { ProblemError } from '../../schemas/problem.js';
import type { Command } from '../command.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';
import { defaultTarget, openTarget, problemLine, targetOptions } from '../remote-target.js';

const text = { type: 'string' } as const;
const options = {
  function: text,
  version: text,
  environment: text,
  'too-few': text,
  json: { type: 'boolean', default: false },
  ...targetOptions,
} as const;

/** Exits 0 to go on, 1 to hold (also when it cannot be found out), 2 when called wrongly. */
export const gate: Command = {
  name: 'gate',
  usage: 'gate --function F [--version V] [OPTIONS] [--target URL] [--key-file FILE] [--json]',
  summary: 'Ask a running server whether a release may go on.',
  details: [
    '--function F     as its telemetry has it',
    '--version V      left out: the version that first ran last',
    '--environment E  left out: all of them together',
    '--too-few go|hold  what too few runs to judge come to (go)',
    `--target URL     web port of the server (${defaultTarget})`,
    '--key-file FILE  a file with an API key of role viewer; /dev/stdin reads it from there',
    '',
    'Exit codes: 0 go, 1 hold or it cannot be found out, 2 called wrongly.',
  ],
  run: async (args, { io }) => {
    const { values } = parseCommandArgs(args, { options });
    const { function: name, version, environment, 'too-few': tooFew } = values;
    if (name === undefined) throw new UsageError('--function is missing');
    if (tooFew !== undefined && tooFew !== 'go' && tooFew !== 'hold')
      throw new UsageError(`--too-few is go or hold, not "${tooFew}"`);
    const query = new URLSearchParams({
      function: name,
      ...(version === undefined ? {} : { version }),
      ...(environment === undefined ? {} : { environment }),
      ...(tooFew === undefined ? {} : { tooFew }),
    });
    const { callApi } = await import('../../http/call-api.js');
    try {
      const api = await openTarget(values, io);
      const answer = await callApi(api, { method: 'GET', path: `gate?${query}` }, GateAnswer);
      if (values.json) io.out(JSON.stringify(answer));
      else {
        io.out(
          `${answer.decision}: ${answer.function}${answer.version === null ? '' : ` ${answer.version}`}`,
        );
        for (const { holds, says } of answer.reasons) io.out(`${holds ? 'hold' : 'ok  '}  ${says}`);
      }
      return answer.decision === 'go' ? 0 : 1;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      io.err(problemLine(error));
      return 1;
    }
  },
};
