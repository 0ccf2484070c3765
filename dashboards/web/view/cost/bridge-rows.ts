import type { ReconcileAnswer } from '../../../../schemas/cost/bill.js';
import { picoOf, ratioOf, usdOf } from './money.js';

type StepName = ReconcileAnswer['bridge'][number]['step'];

const stepWords: Readonly<Record<StepName, string>> = {
  quantity: 'Another quantity',
  withoutTelemetry: 'Functions without telemetry',
  notBilled: 'Modelled and not billed',
  tierAndGrant: 'Tiers and free grant',
  price: 'Another price',
  negotiated: 'Agreed prices',
  commitment: 'Commitments',
  unattributed: 'Lines without a function',
  otherServices: 'Other services',
  corrections: 'Corrections of the provider',
  credits: 'Credits',
  tax: 'Tax',
  purchases: 'Purchases',
};

export type BridgeRow = {
  key: string;
  label: string;
  meaning: string;
  usd: string;
  isTotal: boolean;
  /** Where its bar begins and how long it is, of the widest amount on the way. */
  leftRatio: number;
  widthRatio: number;
};

type Span = { low: bigint; high: bigint };
const spanOf = (one: bigint, other: bigint): Span =>
  one < other ? { low: one, high: other } : { low: other, high: one };

/** From modelled to billed, step by step: each bar begins where the one before ended. Steps of nothing are left out. */
export function bridgeRows({
  modelledUsd,
  billedUsd,
  bridge,
}: Pick<ReconcileAnswer, 'modelledUsd' | 'billedUsd' | 'bridge'>): BridgeRow[] {
  const steps = bridge.filter(({ usd }) => picoOf(usd) !== 0n);
  let at = picoOf(modelledUsd);
  const spans = steps.map(({ usd }) => {
    const from = at;
    at += picoOf(usd);
    return spanOf(from, at);
  });
  const ends = [picoOf(modelledUsd), picoOf(billedUsd)].map((end) => spanOf(0n, end));
  const all = [...spans, ...ends];
  const least = all.reduce((low, one) => (one.low < low ? one.low : low), 0n);
  const most = all.reduce((high, one) => (one.high > high ? one.high : high), 0n);
  const share = (pico: bigint) => ratioOf(usdOf(pico), usdOf(most - least)) ?? 0;
  const bar = (span: Span | undefined) => ({
    leftRatio: span === undefined ? 0 : share(span.low - least),
    widthRatio: span === undefined ? 0 : share(span.high - span.low),
  });
  return [
    {
      ...{
        key: 'modelled',
        label: 'Modelled from telemetry',
        meaning: 'List cost of what ran on those days',
      },
      ...{ usd: modelledUsd, isTotal: true, ...bar(ends[0]) },
    },
    ...steps.map(({ step, usd, meaning }, index) => ({
      ...{ key: step, label: stepWords[step], meaning, usd, isTotal: false },
      ...bar(spans[index]),
    })),
    {
      ...{ key: 'billed', label: 'Billed', meaning: 'The amounts of the bill' },
      ...{ usd: billedUsd, isTotal: true, ...bar(ends[1]) },
    },
  ];
}
