import { nearest } from '../../schemas/nearest.js';
import { ProblemError } from '../../schemas/problem.js';
import type { Command, CommandContext, ExitCode } from '../command.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';
import { defaultTarget, problemLine, targetOptions } from '../remote-target.js';

const actions = ['validate', 'backtest', 'schema', 'import', 'export', 'compliance'] as const;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  json: flag,
  openslo: flag,
  out: text,
  scope: text,
  by: text,
  periods: text,
  from: text,
  to: text,
  compare: text,
  data: text,
  ...targetOptions,
} as const;

/** Exits 0 when it is as asked, 1 when a file is not good or a period was not met, 2 when called wrongly. */
export const slo: Command = {
  name: 'slo',
  usage:
    'slo validate [--json] FILE… | backtest FILE --from T --to T [--target URL | --data DIR] | schema | import FILE… [--out DIR] [--json] | export --openslo [FILE…] | compliance ID [--by month] [--periods N]',
  summary: 'Check SLO files, take over those of other tools, and report what was kept.',
  details: [
    'validate FILE…  says everything that is wrong with each file; for each objective its budget, and for each tier of its',
    '                alerting when it would fire and end, in a total outage and with 5 % bad events',
    'backtest FILE   what each objective would have told from --from to --to (instants such as 2026-11-20T00:00:00Z), asked of a',
    '                server (--target URL, --key-file FILE) or of a data directory no server has open (--data DIR)',
    '  --compare P   the same with another preset beside it: sre-workbook, pyrra, datadog, simple',
    'schema          the JSON Schema of SLO files, for editors',
    'import FILE…    takes over OpenSLO (v1alpha, v1, v2alpha), Sloth and Pyrra; says of each object what was lost',
    '  --out DIR     writes one SLO file for each of them; without it they are printed, and the report on stderr',
    'export --openslo [FILE…]  objectives of SLO files, or of a running server, as OpenSLO v1',
    'compliance ID   whether an objective was kept, by calendar period; exits 1 when one that is over was not',
    '  --by UNIT     week, month, quarter or year; left out: that of the objective, else month',
    '  --periods N   how many, the running one included (6)    --scope S  of an objective with "per"',
    `--target URL    web port of the server that export and compliance ask (${defaultTarget}), with --key-file FILE`,
    '--json          the same as data',
    '',
    'Exit codes: 0 as asked, 1 a file is not good or an object was not taken over, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const { values, positionals } = parse(args);
    const [action, ...rest] = positionals;
    try {
      return await runAction(action, rest, values, context);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      context.io.err(problemLine(error));
      return 1;
    }
  },
};

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  return parseCommandArgs(args, { options, allowPositionals: true });
}

async function runAction(
  action: string | undefined,
  rest: readonly string[],
  values: Values,
  context: CommandContext,
): Promise<ExitCode> {
  const [first, ...more] = rest;
  switch (action) {
    case undefined:
      throw new UsageError(`say what to do: ${actions.join(', ')}`);
    case 'validate': {
      if (first === undefined) throw new UsageError('"validate" needs a file');
      const { validateSlos } = await import('../slo/validate-slos.js');
      return await validateSlos(rest, values.json, context);
    }
    case 'backtest': {
      if (first === undefined || more.length > 0) throw new UsageError('"backtest" needs one file');
      const { backtestSlos } = await import('../slo/backtest-slos.js');
      const { json: asJson, 'key-file': keyFile, from, to, compare, data, target } = values;
      return await backtestSlos(first, { from, to, compare, data, target, keyFile, asJson }, context);
    }
    case 'schema': {
      if (first !== undefined) throw new UsageError('"schema" takes no file');
      const { sloSchemaText } = await import('../../schemas/slo/json-schema.js');
      context.io.out(sloSchemaText().trimEnd());
      return 0;
    }
    case 'import': {
      if (first === undefined) throw new UsageError('"import" needs a file');
      const { importSlos } = await import('../slo/import-slos.js');
      return await importSlos(rest, { out: values.out, json: values.json }, context);
    }
    case 'export': {
      if (!values.openslo) throw new UsageError('"export" needs --openslo, the one format there is');
      const { exportSlos } = await import('../slo/export-slos.js');
      return await exportSlos(rest, values, context);
    }
    case 'compliance': {
      if (first === undefined || more.length > 0) throw new UsageError('"compliance" needs one id');
      const { showCompliance } = await import('../slo/show-compliance.js');
      return await showCompliance(first, values, context);
    }
    default:
      throw new UsageError(`unknown action "${action}"; did you mean "${nearest(action, actions)}"?`);
  }
}
