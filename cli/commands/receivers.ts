import { ReceiverList, TestSent } from '../../schemas/alerting/notice-answers.js';
import { nearest } from '../../schemas/nearest.js';
import { ProblemError } from '../../schemas/problem.js';
import type { Command } from '../command.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';
import { defaultTarget, openTarget, problemLine, targetOptions } from '../remote-target.js';

const actions = ['list', 'test'] as const;

/** Exits 0 when it is done or the test arrived, 1 when it could not be, 2 when called wrongly. */
export const receivers: Command = {
  name: 'receivers',
  usage: 'receivers list|test NAME [--target URL] [--key-file FILE] [--json]',
  summary: 'Where a running server sends notices, and whether a test arrives there.',
  details: [
    'list             the receivers of its configuration',
    'test NAME        sends a test notice there now and says what came back',
    `--target URL     web port of the server (${defaultTarget})`,
    '--key-file FILE  a file with an API key: viewer to list, operator to test; /dev/stdin reads it from there',
    '',
    'Exit codes: 0 done, 1 it could not be done or did not arrive, 2 called wrongly.',
  ],
  run: async (args, { io }) => {
    const options = { json: { type: 'boolean', default: false }, ...targetOptions } as const;
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    const [action, name, ...rest] = positionals;
    if (action === undefined) throw new UsageError(`say what to do: ${actions.join(', ')}`);
    if (action !== 'list' && action !== 'test')
      throw new UsageError(`unknown action "${action}"; did you mean "${nearest(action, actions)}"?`);
    if (rest.length > 0 || (action === 'list' && name !== undefined))
      throw new UsageError(`"${action}" takes no "${rest[0] ?? name}"`);
    if (action === 'test' && name === undefined) throw new UsageError('"test" needs the name of a receiver');
    const { callApi } = await import('../../http/call-api.js');
    try {
      const api = { ...(await openTarget(values, io)), timeoutMs: 130_000 };
      if (action === 'list') {
        const list = await callApi(api, { method: 'GET', path: 'receivers' }, ReceiverList);
        if (values.json) io.out(JSON.stringify(list));
        else
          for (const one of list.receivers)
            io.out(`${one.name}  ${one.kind}${one.state === 'not-answering' ? '  (does not answer)' : ''}`);
        return 0;
      }
      const path = `receivers/${encodeURIComponent(name ?? '')}/test`;
      const sent = await callApi(api, { method: 'POST', path, body: {} }, TestSent);
      const line = `${sent.receiver}: ${sent.delivered ? 'arrived' : 'did not arrive'} (${sent.says})`;
      if (values.json) io.out(JSON.stringify(sent));
      else if (sent.delivered) io.out(line);
      else io.err(line);
      return sent.delivered ? 0 : 1;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      io.err(problemLine(error));
      return 1;
    }
  },
};
