import { burnPolicy } from '../alerting/decide/burn-policy.js';
import { type Episode, replayBurn } from '../alerting/decide/replay.js';
import { SloDefinition } from '../schemas/slo/slo-definition.js';
import { type Rate, seeded, traffic } from './noise/traffic.js';

type Row = { measure: string; value: number; unit: string };

const minuteMs = 60_000;
const dayMinutes = 1_440;
/** Longest window, and the days that are judged. */
const warmMinutes = 3 * dayMinutes;
const judgedMinutes = 30 * dayMinutes;
const rounds = 10;
const faultMinutes = 12 * 60;

const definition = (lowTraffic: 'gate' | 'plain') =>
  burnPolicy(
    SloDefinition.parse({
      id: 'noise',
      title: 'Noise',
      sli: { kind: 'success' },
      objective: '99.9%',
      alerting: { lowTraffic },
    }),
  );
const policies = { plain: definition('plain'), gated: definition('gate') };

const rates: readonly { name: string; rate: Rate }[] = [
  { name: '10/h', rate: () => 10 },
  { name: '60/h', rate: () => 60 },
  { name: '300/h', rate: () => 300 },
  { name: '1,000/h', rate: () => 1_000 },
  { name: '6,000/h', rate: () => 6_000 },
  { name: 'day 2,000/h, night 20/h', rate: (minute) => (minute >= 8 * 60 && minute < 20 * 60 ? 2_000 : 20) },
];
const calm = [
  { name: '10 times better than the objective', badRatio: 0.0001 },
  { name: 'at the objective', badRatio: 0.001 },
] as const;
const faults = [
  { name: 'all fail', badRatio: 1 },
  { name: '5 % fail', badRatio: 0.05 },
] as const;

/** False pages in 30 days without a fault, and minutes until a fault pages: plain burn rates against ours, on the same traffic. */
export async function bench(): Promise<{ rows: Row[] }> {
  const rows: Row[] = [];
  for (const { name, rate } of rates) {
    for (const { name: state, badRatio } of calm) {
      const pages = { plain: 0, gated: 0 };
      for (let round = 0; round < rounds; round++) {
        const counts = traffic(warmMinutes + judgedMinutes, rate, badRatio, null, seeded(round + 1));
        for (const kind of ['plain', 'gated'] as const) {
          const asked = window(warmMinutes, warmMinutes + judgedMinutes);
          pages[kind] += replayBurn(policies[kind], counts, asked).episodes.filter(isPage).length;
        }
      }
      for (const kind of ['plain', 'gated'] as const)
        rows.push({
          measure: `${name}, ${state}, ${kind}`,
          value: pages[kind] / rounds,
          unit: 'pages in 30 days',
        });
    }
    for (const { name: fault, badRatio } of faults) {
      const waits: { plain: number[]; gated: number[] } = { plain: [], gated: [] };
      for (let round = 0; round < rounds; round++) {
        const fromMinute = warmMinutes + Math.floor((dayMinutes * round) / rounds);
        const toMinute = fromMinute + faultMinutes;
        const counts = traffic(
          toMinute,
          rate,
          0.0001,
          { fromMinute, toMinute, badRatio },
          seeded(1_000 + round),
        );
        for (const kind of ['plain', 'gated'] as const) {
          const { episodes } = replayBurn(policies[kind], counts, window(fromMinute - 60, toMinute));
          const page = episodes.find((one) => isPage(one) && one.firedMs > fromMinute * minuteMs);
          waits[kind].push(
            page === undefined ? Number.POSITIVE_INFINITY : page.firedMs / minuteMs - fromMinute,
          );
        }
      }
      for (const kind of ['plain', 'gated'] as const)
        rows.push({
          measure: `${name}, ${fault}, ${kind}`,
          value: median(waits[kind]),
          unit: 'minutes to page',
        });
    }
  }
  return { rows };
}

function window(fromMinute: number, toMinute: number) {
  return {
    fromMs: fromMinute * minuteMs,
    toMs: toMinute * minuteMs,
    periodStartMs: (atMs: number) => atMs - judgedMinutes * minuteMs,
  };
}

function isPage({ severity }: Episode): boolean {
  return severity === 'page';
}

/** Faults that never paged count as endless; more than half of them make the median so, told as the length of the fault. */
function median(values: number[]): number {
  const sorted = values.sort((one, other) => one - other);
  return Math.min(sorted[Math.floor(sorted.length / 2)] ?? faultMinutes, faultMinutes);
}
