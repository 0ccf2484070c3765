import { parse } from 'yaml';
import { z } from 'zod';
import { loadPriceBooks } from '../../query/cost/load-price-book.js';
import { priceRequest } from '../../query/cost/pricing/price-request.js';
import { type PriceAnswer, PriceRequest } from '../../schemas/cost/price.js';
import type { CommandContext, ExitCode } from '../command.js';
import { loadConfig } from '../load-config.js';
import { tableLines } from './table-lines.js';

/** Exits 0 when every line has a rate, 1 when one is missing or the file is not valid. */
export async function priceFile(path: string, isJson: boolean, context: CommandContext): Promise<ExitCode> {
  const { io, env, now } = context;
  const request = PriceRequest.safeParse(readStructure(await io.read(path)));
  if (!request.success) {
    io.err(`${path}: ${z.prettifyError(request.error)}`);
    return 1;
  }
  const { config } = await loadConfig(env);
  const { own } = await loadPriceBooks(config.cost);
  const verdict = priceRequest(own, request.data, now());
  if (verdict.kind === 'refused') {
    io.err(`${path}: ${verdict.reason}`);
    return 1;
  }
  const { answer } = verdict;
  if (isJson) io.out(JSON.stringify(answer));
  else for (const line of answerLines(answer)) io.out(line);
  return answer.lines.some(({ costUsd }) => costUsd === null) ? 1 : 0;
}

/** JSON is YAML too; what is neither is left to the schema to refuse. */
function readStructure(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return text;
  }
}

function answerLines(answer: PriceAnswer): string[] {
  const rows = answer.lines.map(({ product, dimension, region, arch, quantity, unit, rateUsd, costUsd }) => [
    `${product} ${dimension}`,
    [region, arch].filter((part) => part !== '').join(' '),
    `${quantity} ${unit}`,
    rateUsd ?? 'no rate',
    costUsd ?? 'not known',
  ]);
  return [
    ...tableLines(['line', 'where', 'quantity', 'rate USD', 'cost USD'], rows),
    '',
    `total ${answer.totalUsd} USD, after the free grant ${answer.totalAfterGrantUsd} USD (price book ${answer.priceBook})`,
    ...answer.notes.map(({ message }) => `note: ${message}`),
  ];
}
