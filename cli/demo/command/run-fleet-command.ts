import type { FleetFigures } from '../../../schemas/demo.js';
import type { CommandContext, ExitCode } from '../../command.js';
import { parseCommandArgs, UsageError } from '../../parse-command-args.js';
import type { FleetOrder } from '../run/fleet-order.js';
import { mostAtOncePerSecond, partsOf } from '../run/worlds-at.js';
import { durationOption, instantOption, numberOption, urlOption, wholeOption } from './parse-demo-args.js';

const options = {
  target: { type: 'string', default: 'http://127.0.0.1:4318' },
  'grpc-target': { type: 'string' },
  'key-file': { type: 'string' },
  rate: { type: 'string', default: '5' },
  speed: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  from: { type: 'string' },
  backfill: { type: 'string' },
  once: { type: 'boolean', default: false },
  truth: { type: 'string' },
} as const;

const dayMs = 86_400_000;
/** What receivers take: older spans are refused. */
const longestBackfillMs = 89 * dayMs;
const tellEveryMs = 5_000;
/** Longer than any event echoes; see echoMinutes. */
const settleMs = 15 * 60_000;

/** `demo run`: the fleet against any installation. Exits 0 when told to stop or done, 1 when requests failed. */
export async function runFleetCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseCommandArgs(args, { options });
  const { io, now } = context;
  const speed = numberOption('speed', values.speed, { from: 0.01, to: 10_000 });
  const startMs = startOf(values, speed, now().getTime());
  const keyFile = values['key-file'];
  const grpcTarget = values['grpc-target'];
  const order: FleetOrder = {
    url: urlOption('target', values.target),
    grpcUrl: grpcTarget === undefined ? null : urlOption('grpc-target', grpcTarget),
    key: keyFile === undefined ? null : (await io.read(keyFile)).trim(),
    seed: wholeOption('seed', values.seed),
    ratePerSecond: numberOption('rate', values.rate, { from: 1, to: 50_000 }),
    speed,
    startMs,
    backfillMs:
      values.backfill === undefined ? 0 : durationOption('backfill', values.backfill, longestBackfillMs),
    isLive: !values.once,
    truthDir: values.truth ?? null,
    incidents: [],
  };
  if (order.truthDir !== null && partsOf(order) > 1)
    throw new UsageError(
      `--truth is written up to ${mostAtOncePerSecond} runs a second; run several fleets, each with a --seed and a directory of its own`,
    );
  if (values.once && order.backfillMs === 0)
    throw new UsageError('--once needs --backfill: it sends history only');
  const [{ carryOut }, { FleetReport }, { IncidentBook }] = await Promise.all([
    import('../run/carry-out.js'),
    import('../run/fleet-report.js'),
    import('../run/incident-book.js'),
  ]);
  const report = new FleetReport();
  const beganMs = performance.now();
  const line = () => figuresLine(report.figures, order, (performance.now() - beganMs) / 1000);
  const telling = setInterval(() => io.err(line()), tellEveryMs);
  try {
    await carryOut(order, { book: new IncidentBook(), report, signal: context.stopSignal() });
  } finally {
    clearInterval(telling);
  }
  io.out(line());
  return report.figures.failedRequests === 0 ? 0 : 1;
}

/** Where history ends and the present begins. */
function startOf(values: { from?: string | undefined; once: boolean }, speed: number, nowMs: number): number {
  const { from, once } = values;
  if (from === undefined) {
    // Nothing that began before may still be under way when the history ends for good.
    if (once) return nowMs - settleMs;
    return speed > 1 ? nowMs - dayMs : nowMs;
  }
  const startMs = instantOption('from', from);
  if (startMs > nowMs) throw new UsageError(`--from ${from} lies in the future`);
  return startMs;
}

/** Slower than a minute behind is slower than asked: work of one minute is always under way. */
const behindFromMs = 90_000;

function figuresLine(
  { invocations, spans, requests, backfill, behindMs, ...rest }: FleetFigures,
  { ratePerSecond, speed }: FleetOrder,
  seconds: number,
): string {
  const { logRecords, dataPoints } = rest;
  const sent = `${invocations} runs: ${spans} spans, ${logRecords} reports, ${dataPoints} points in ${requests} requests sent`;
  const history = backfill.isRunning
    ? `; ${backfill.doneMinutes} of ${backfill.minutes} minutes of history`
    : '';
  const { failedRequests, rejectedItems, lastFailure } = rest;
  const asked = `${ratePerSecond} a second${speed === 1 ? '' : `, ${speed} times as fast as the clock,`}`;
  const behind =
    behindMs < behindFromMs
      ? ''
      : `; ${Math.round(invocations / seconds)} runs a second reached of ${asked} and ${Math.round(behindMs / 1000)} s behind`;
  const rejected = rejectedItems === 0 ? '' : `; ${rejectedItems} items rejected`;
  const failed =
    failedRequests === 0 ? '' : `; ${failedRequests} requests failed, the last with: ${lastFailure}`;
  return `${sent}${history}${behind}${rejected}${failed}`;
}
