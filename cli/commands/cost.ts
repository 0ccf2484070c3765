import { nearest } from '../../schemas/nearest.js';
import type { Command } from '../command.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';
import { targetOptions } from '../remote-target.js';

const answers = [
  'changes',
  'waste',
  'rightsizing',
  'forecast',
  'budgets',
  'anomalies',
  'units',
  'telemetry',
  'trace',
] as const;
const actions = ['report', 'price', 'prices', 'reconcile', 'check-focus', ...answers] as const;
const options = {
  json: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  'group-by': { type: 'string' },
  team: { type: 'string' },
  function: { type: 'string' },
  environment: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  basis: { type: 'string' },
  format: { type: 'string', default: 'table' },
  ...targetOptions,
} as const;

/** Exits 0 when done, 1 when a rate is missing or the book is wrong, 2 when called wrongly. */
export const cost: Command = {
  name: 'cost',
  usage:
    'cost report | changes | waste | rightsizing | forecast | budgets | anomalies | units | telemetry | trace ID | price FILE | prices [--check] | reconcile BILL | check-focus FILE',
  summary: 'Report what functions cost, price usage, and compare with a bill.',
  details: [
    'report          what functions cost, asked of a running server (--target URL, --key-file FILE)',
    '  --group-by team,function  up to four labels   --from, --to INSTANT  the last 30 days when left out',
    '  --basis list|average|marginal   --format table|csv|json|focus|html',
    'changes         why cost changed since as long a time before: volume, retries, duration, memory, rates, mix',
    'waste           money spent without use     rightsizing  sizes that cost less, by what really ran',
    'forecast        the billing cycle to its end   budgets  how each stands   anomalies  what costs far more than it did',
    'units           cost of one successful run, one customer, one order (cost.units)',
    'telemetry       what telemetry costs beside the functions   trace ID  what the runs of one trace cost',
    '  all of them   --from, --to INSTANT   --team, --function, --environment NAME   --json',
    'reconcile BILL  compares a bill (FOCUS 1.0 to 1.3 or CUR 2.0, CSV or Parquet) with what a server knows',
    'check-focus FILE  says what of a CSV file is not FOCUS 1.2',
    'price FILE      prices a file (JSON or YAML) with an invocation profile, or with lists of profiles and lines',
    'prices          the rates in force: the price book with those of coldburn.yaml laid over it',
    '  --check       what is wrong with them, stale or not verified',
    '  --json        the same as data',
    '',
    'Exit codes: 0 done, 1 a rate is missing or wrong, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    const [action, ...files] = positionals;
    const { target, 'key-file': keyFile } = values;
    const reach = { target, 'key-file': keyFile };
    switch (action) {
      case undefined:
        throw new UsageError(`say what to do: ${actions.join(', ')}`);
      case 'price': {
        const [file, ...more] = files;
        if (file === undefined || more.length > 0) throw new UsageError('"price" needs one file');
        const { priceFile } = await import('../cost/price-file.js');
        return await priceFile(file, values.json, context);
      }
      case 'report': {
        if (files.length > 0) throw new UsageError('"report" takes no file');
        const { reportCost, reportFormats } = await import('../cost/report-cost.js');
        const format = reportFormats.find((name) => name === values.format);
        if (format === undefined) throw new UsageError(`--format is one of ${reportFormats.join(', ')}`);
        const { from, to, basis } = values;
        return await reportCost(
          {
            ...reach,
            groupBy: values['group-by'] ?? 'team,function',
            team: values.team,
            from,
            to,
            basis,
            format,
          },
          context,
        );
      }
      case 'reconcile': {
        const [file, ...more] = files;
        if (file === undefined || more.length > 0) throw new UsageError('"reconcile" needs one bill');
        const { reconcileBill } = await import('../cost/reconcile-bill.js');
        return await reconcileBill(file, { ...reach, isJson: values.json }, context);
      }
      case 'check-focus': {
        const [file, ...more] = files;
        if (file === undefined || more.length > 0) throw new UsageError('"check-focus" needs one file');
        const { checkFocus } = await import('../cost/check-focus.js');
        return await checkFocus(file, context);
      }
      case 'prices': {
        if (files.length > 0) throw new UsageError('"prices" takes no file');
        const { showPrices } = await import('../cost/show-prices.js');
        return await showPrices({ isCheck: values.check, isJson: values.json }, context);
      }
      case 'trace': {
        const [traceId, ...more] = files;
        if (traceId === undefined || more.length > 0) throw new UsageError('"trace" needs one trace id');
        const { showAnswer } = await import('../cost/show-answer.js');
        return await showAnswer(
          { ...reach, view: 'trace', traceId, isJson: values.json, query: {} },
          context,
        );
      }
      default: {
        const view = answers.find((name) => name === action);
        if (view !== undefined) {
          if (files.length > 0) throw new UsageError(`"${view}" takes no file`);
          const { showAnswer } = await import('../cost/show-answer.js');
          const { from, to, team, function: of, environment, 'group-by': groupBy } = values;
          const query = { from, to, team, function: of, environment, groupBy };
          return await showAnswer({ ...reach, view, traceId: null, isJson: values.json, query }, context);
        }
        throw new UsageError(`unknown action "${action}"; did you mean "${nearest(action, actions)}"?`);
      }
    }
  },
};
