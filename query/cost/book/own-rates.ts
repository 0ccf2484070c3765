import type { CostSettings } from '../../../schemas/config/cost.js';
import type { PriceFile, Rate } from '../../../schemas/cost/price-file.js';

const configured = 'configuration-';

/** Whether somebody here set the rate, rather than the price book. */
export function isConfigured({ sources: [source = ''] }: Rate): boolean {
  return source.startsWith(configured);
}

const empty: PriceFile = { sources: {}, rates: [], grants: [], regionTiers: [] };

/** The configured rates as files of a price book: what the lists lack, and what was agreed on. */
export function ownRates(settings: CostSettings): { list: PriceFile; negotiated: PriceFile } {
  const rates = settings.rates.map(({ kind, reason, from, to, arch, unit, ...rate }, index) => {
    const source = `${configured}${index + 1}`;
    const asRate: Rate = {
      ...rate,
      unit: unit ?? 'unit',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(arch === undefined ? {} : { arch }),
      asOf: from ?? null,
      verified: true,
      sources: [source],
      note: reason,
    };
    return { kind, reason, source, asRate };
  });
  const fileOf = (wanted: 'list' | 'negotiated'): PriceFile => {
    const kept = rates.filter(({ kind }) => kind === wanted);
    return {
      ...empty,
      rates: kept.map(({ asRate }) => asRate),
      sources: Object.fromEntries(
        kept.map(({ source, reason, asRate }) => [
          source,
          { title: reason, url: 'coldburn.yaml, cost.rates', asOf: asRate.asOf, kind: 'configuration' },
        ]),
      ),
    };
  };
  return { list: fileOf('list'), negotiated: fileOf('negotiated') };
}
