import type { CostNote, PriceAnswer, PricedLine } from '../../../schemas/cost/price.js';
import type { Grant, Rate } from '../../../schemas/cost/price-file.js';
import { findRates } from '../book/find-rates.js';
import { inUsd } from '../book/in-usd.js';
import type { PriceBook } from '../book/price-book.js';
import { apportion } from '../exact/apportion.js';
import { decimalText, scaled, scaledText } from '../exact/decimal-text.js';
import { decimal, type Rational, sum, zero } from '../exact/rational.js';
import { type GrantedLine, grantBenefits } from './grant-benefit.js';
import { priceTiers } from './price-tiers.js';
import { ruleOf } from './rules.js';
import type { UsageLine } from './usage-line.js';

type Priced = { line: UsageLine; rate: Rate | null; quantity: Rational; cost: Rational };
type GrantUse = { grant: Grant; used: Rational };

/** Prices lines as the usage of one payer in one month that has no other, each line's own instant deciding the rates. */
export function priceLines(book: PriceBook, asked: readonly { line: UsageLine; at: Date }[]): PriceAnswer {
  const notes = new Map<string, CostNote>();
  const note = (one: CostNote) => notes.set(`${one.code} ${one.message}`, one);
  const priced: Priced[] = [];
  const granted = new Map<string, { line: UsageLine; at: Date; entry: GrantedLine }[]>();
  for (const { line, at } of asked) {
    const found = findRates(book, { ...line, at });
    if (found.kind === 'missing') {
      note({ code: 'missing-rate', message: found.message });
      priced.push({ line, rate: null, quantity: line.quantity, cost: zero });
      continue;
    }
    for (const one of found.notes) note(one);
    const tiers = inUsd(book, found.tiers, at);
    if (tiers.kind === 'missing') {
      note({ code: 'no-exchange-rate', message: tiers.message });
      priced.push({ line, rate: null, quantity: line.quantity, cost: zero });
      continue;
    }
    const { parts, unpriced } = priceTiers(tiers.tiers, line.quantity);
    for (const part of parts) priced.push({ line, ...part });
    if (unpriced.n > 0n) {
      note({
        code: 'missing-rate',
        message: `No rate is known beyond the tiers of ${line.dimension} in ${line.region}.`,
      });
      priced.push({ line, rate: null, quantity: unpriced, cost: zero });
    }
    const key = `${line.provider}/${line.product}/${line.dimension}`;
    const entry = {
      quantity: line.quantity,
      cost: sum(parts.map(({ cost }) => cost)),
      firstRate: decimal(tiers.tiers[0]?.price ?? '0'),
    };
    granted.set(key, [...(granted.get(key) ?? []), { line, at, entry }]);
  }
  return answerOf(book, priced, grantUses(book, granted), [...notes.values()]);
}

function grantUses(
  book: PriceBook,
  granted: ReadonlyMap<string, readonly { line: UsageLine; at: Date; entry: GrantedLine }[]>,
): GrantUse[] {
  return book.grants.flatMap((grant) => {
    const lines = granted.get(`${grant.provider}/${grant.product}/${grant.dimension}`) ?? [];
    const [first] = lines;
    if (first === undefined) return [];
    const home = homePrice(book, grant, first.at);
    const benefits = grantBenefits(
      grant,
      home,
      lines.map(({ entry }) => entry),
    );
    return [{ grant, used: sum(benefits) }];
  });
}

/** The price in regions of the first tier, at which some grants are valued wherever the usage was. */
function homePrice(book: PriceBook, { provider, product, dimension }: Grant, at: Date): Rational {
  const found = findRates(book, { provider, product, dimension, region: 'tier-1', arch: '', at });
  return found.kind === 'found' ? decimal(found.tiers[0]?.price ?? '0') : zero;
}

function answerOf(
  book: PriceBook,
  priced: readonly Priced[],
  uses: readonly GrantUse[],
  notes: CostNote[],
): PriceAnswer {
  const total = scaled(sum(priced.map(({ cost }) => cost)));
  const costs = apportion(
    priced.map(({ cost }) => cost),
    total,
  );
  const off = scaled(sum(uses.map(({ used }) => used)));
  const offParts = apportion(
    uses.map(({ used }) => used),
    off,
  );
  return {
    currency: 'USD',
    priceBook: book.version,
    lines: priced.map((one, index) => answerLine(book, one, costs[index] ?? 0n)),
    totalUsd: scaledText(total),
    grants: uses.map(({ grant }, index) => ({
      provider: grant.provider,
      product: grant.product,
      dimension: grant.dimension,
      quantity: grant.quantity,
      usedUsd: scaledText(offParts[index] ?? 0n),
      scope: grant.scope,
      verified: grant.verified,
    })),
    totalAfterGrantUsd: scaledText(total - off),
    notes,
  };
}

function answerLine(book: PriceBook, { line, rate, quantity }: Priced, cost: bigint): PricedLine {
  const { provider, product, dimension, region, arch } = line;
  const source = rate === null ? undefined : book.sources.get(rate.sources[0] ?? '');
  return {
    provider,
    product,
    dimension,
    region,
    arch,
    quantity: decimalText(quantity),
    unit: rate?.unit ?? '',
    rateUsd: rate === null ? null : decimalText(decimal(rate.price), 18),
    costUsd: rate === null ? null : scaledText(cost),
    tier: rate?.tier === undefined ? null : `${rate.tier.from}-${rate.tier.to ?? ''}`,
    rule: ruleOf(line),
    priceBook: book.version,
    source:
      rate === null
        ? null
        : {
            title: source?.title ?? rate.sources.join(', '),
            url: source?.url ?? '',
            asOf: rate.asOf,
            verified: rate.verified,
          },
  };
}
