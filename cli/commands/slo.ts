import { nearest } from '../../schemas/nearest.js';
import type { Command } from '../command.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';
import { targetOptions } from '../remote-target.js';

const actions = ['validate', 'schema', 'backtest'] as const;

/** Exits 0 when every file is good, 1 when one is not, 2 when called wrongly. */
export const slo: Command = {
  name: 'slo',
  usage: 'slo validate [--json] FILE… | schema | backtest FILE --from T --to T [--target URL | --data DIR]',
  summary: 'Check SLO files and say how soon each alert would be heard.',
  details: [
    'validate FILE…  says everything that is wrong with each file; for each objective its budget, and for each tier of its',
    '                alerting when it would fire and end, in a total outage and with 5 % bad events',
    '  --json        the same as data',
    'backtest FILE   what each objective would have told from --from to --to (instants such as 2026-11-20T00:00:00Z), asked of a',
    '                server (--target URL, --key-file FILE) or of a data directory no server has open (--data DIR)',
    '  --compare P   the same with another preset beside it: sre-workbook, pyrra, datadog, simple',
    'schema          the JSON Schema of SLO files, for editors',
    '',
    'Exit codes: 0 every file is good, 1 one is not, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const text = { type: 'string' } as const;
    const options = {
      json: { type: 'boolean', default: false },
      from: text,
      to: text,
      compare: text,
      data: text,
      ...targetOptions,
    } as const;
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    const [action, ...files] = positionals;
    switch (action) {
      case undefined:
        throw new UsageError(`say what to do: ${actions.join(', ')}`);
      case 'validate': {
        if (files.length === 0) throw new UsageError('"validate" needs a file');
        const { validateSlos } = await import('../slo/validate-slos.js');
        return await validateSlos(files, values.json, context);
      }
      case 'backtest': {
        const [file, ...others] = files;
        if (file === undefined || others.length > 0) throw new UsageError('"backtest" needs one file');
        const { backtestSlos } = await import('../slo/backtest-slos.js');
        const { json: asJson, 'key-file': keyFile, from, to, compare, data, target } = values;
        return await backtestSlos(file, { from, to, compare, data, target, keyFile, asJson }, context);
      }
      case 'schema': {
        if (files.length > 0) throw new UsageError('"schema" takes no file');
        const { sloSchemaText } = await import('../../schemas/slo/json-schema.js');
        context.io.out(sloSchemaText().trimEnd());
        return 0;
      }
      default:
        throw new UsageError(`unknown action "${action}"; did you mean "${nearest(action, actions)}"?`);
    }
  },
};
