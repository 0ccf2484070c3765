import { nearest } from '../../schemas/nearest.js';
import type { Command, CommandContext, ExitCode } from '../command.js';
import { incidents } from '../demo/incidents/catalog.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';

const actions = ['run', 'backfill', 'incident', 'list'] as const;

/** Exits 0 when done or told to stop, 1 when requests failed or an incident was refused, 2 when called wrongly. */
export const demo: Command = {
  name: 'demo',
  usage:
    'demo run [OPTIONS] | backfill [OPTIONS] | incident NAME [--url URL] [--key-file FILE] | list [--json]',
  summary: 'Run the demo fleet against any installation, or start one of its incidents.',
  details: [
    'run              sends the telemetry of forty functions until told to stop; "serve --demo" does so by itself',
    '  --target URL   where OTLP over HTTP is taken (http://127.0.0.1:4318)',
    '  --grpc-target URL  where OTLP over gRPC is taken; left out, all goes over HTTP',
    '  --key-file F   a file with an API key of role ingest',
    '  --rate N       runs a second on average over a week, 1 to 50000 (5)',
    '  --seed K       another seed is another history; the same one is the same (1)',
    '  --backfill D   first sends so much history, newest first: 24h, 30d',
    '  --once         ends after the history',
    '  --from INSTANT, --speed S   begins there (with a speed above 1: a day ago), runs S times as fast as the clock',
    '                 until it has caught up with the present',
    '  --truth DIR    writes what really happened: DIR/2026-11-20T11.jsonl for each hour, DIR/incidents.jsonl',
    'backfill         makes a history inside the engine the settings name, with nothing else running on it: far faster than sending',
    '  --days D       how long, up to now (29)',
    '  --rate N, --rows R  runs a second on average (3), or how many in all: 10M, 1B',
    '  --seed K, --truth DIR  as above; writes DIR/history-2026-11-20.jsonl by hour and place',
    'incident NAME    starts an incident in a server that runs with --demo (http://127.0.0.1:8080)',
    'list             every incident there is, and what it does',
    '',
    'Exit codes: 0 done, 1 requests failed or the incident was refused, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const [action, ...rest] = args;
    switch (action) {
      case 'run':
        return await (await import('../demo/command/run-fleet-command.js')).runFleetCommand(rest, context);
      case 'backfill':
        return await (await import('../demo/command/backfill-command.js')).backfillCommand(rest, context);
      case 'incident':
        return await (await import('../demo/command/incident-command.js')).incidentCommand(rest, context);
      case 'list':
        return list(rest, context);
      case undefined:
        throw new UsageError(`say what to do: ${actions.join(', ')}`);
      default:
        throw new UsageError(`unknown action "${action}"; did you mean "${nearest(action, actions)}"?`);
    }
  },
};

function list(args: readonly string[], { io }: CommandContext): ExitCode {
  const { values } = parseCommandArgs(args, {
    options: { json: { type: 'boolean', default: false } } as const,
  });
  const told = incidents.map(({ effects: _inside, ...one }) => one);
  if (values.json) io.out(JSON.stringify({ incidents: told }));
  else
    for (const { name, title, durationMinutes } of told)
      io.out(`${name.padEnd(20)} ${durationMinutes} min  ${title}`);
  return 0;
}
