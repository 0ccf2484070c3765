import { nearest } from '../../schemas/nearest.js';
import type { Command } from '../command.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';

const actions = ['price', 'prices'] as const;
const options = {
  json: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
} as const;

/** Exits 0 when done, 1 when a rate is missing or the book is wrong, 2 when called wrongly. */
export const cost: Command = {
  name: 'cost',
  usage: 'cost price FILE | prices [--check] [--json]',
  summary: 'Price usage, and see what the price book knows.',
  details: [
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
    switch (action) {
      case undefined:
        throw new UsageError(`say what to do: ${actions.join(', ')}`);
      case 'price': {
        const [file, ...more] = files;
        if (file === undefined || more.length > 0) throw new UsageError('"price" needs one file');
        const { priceFile } = await import('../cost/price-file.js');
        return await priceFile(file, values.json, context);
      }
      case 'prices': {
        if (files.length > 0) throw new UsageError('"prices" takes no file');
        const { showPrices } = await import('../cost/show-prices.js');
        return await showPrices({ isCheck: values.check, isJson: values.json }, context);
      }
      default:
        throw new UsageError(`unknown action "${action}"; did you mean "${nearest(action, actions)}"?`);
    }
  },
};
