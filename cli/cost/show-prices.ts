import { type BookFinding, checkBook } from '../../query/cost/book/check-book.js';
import { loadPriceBooks } from '../../query/cost/load-price-book.js';
import type { CommandContext, ExitCode } from '../command.js';
import { loadConfig } from '../load-config.js';
import { tableLines } from './table-lines.js';

export type PricesOptions = { isCheck: boolean; isJson: boolean };

/** Lists the rates in force; with `isCheck` what is wrong (exit 1), stale or not verified about them. */
export async function showPrices(
  { isCheck, isJson }: PricesOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { io, env, now } = context;
  const { config } = await loadConfig(env);
  const { own } = await loadPriceBooks(config.cost);
  const rates = [...own.rates.values()].flat();
  if (!isCheck) {
    if (isJson)
      io.out(JSON.stringify({ priceBook: own.version, rates, sources: Object.fromEntries(own.sources) }));
    else {
      const rows = rates.map((rate) => [
        `${rate.provider}/${rate.product} ${rate.dimension}`,
        [rate.region, rate.arch ?? '', rate.tier === undefined ? '' : `from ${rate.tier.from}`]
          .join(' ')
          .trim(),
        rate.verified ? 'verified' : 'unverified',
        rate.asOf ?? 'unknown',
        `${rate.price} ${rate.currency}/${rate.unit}`,
      ]);
      for (const line of tableLines(['rate', 'where', 'standing', 'read on', 'price'], rows)) io.out(line);
    }
    return 0;
  }
  const findings = checkBook(own, now());
  const wrong = of(findings, 'wrong');
  if (isJson) io.out(JSON.stringify({ priceBook: own.version, rates: rates.length, findings }));
  else {
    for (const { kind, message } of findings) io.out(`${kind.padEnd(10)} ${message}`);
    io.out(
      `price book ${own.version}: ${rates.length} rates, ${wrong.length} wrong, ${of(findings, 'stale').length} stale, ${of(findings, 'unverified').length} unverified`,
    );
  }
  return wrong.length === 0 ? 0 : 1;
}

function of(findings: readonly BookFinding[], kind: BookFinding['kind']): BookFinding[] {
  return findings.filter((finding) => finding.kind === kind);
}
