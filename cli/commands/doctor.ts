import { configJson, printConfig } from '../../schemas/config/print-config.js';
import type { Command } from '../command.js';
import { type Check, worstStatus } from '../doctor/check.js';
import { examine } from '../doctor/examine.js';
import { loadConfig } from '../load-config.js';
import { parseCommandArgs } from '../parse-command-args.js';

/** Exits 0 when everything is ok or worth a warning at most, 1 when something fails, 2 when called wrongly. */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor [--json]',
  summary:
    'Print the settings in effect, check that this machine can run with them, and say what to do if not.',
  details: [
    'Checks Node, ports, the data directory, disk, clock, open files, and the engine: memory and platform for the',
    'embedded one; reach, version, clock, rights and cluster for a ClickHouse server, where it makes and drops a table.',
    '',
    '--json  {"status": "ok"|"warn"|"fail", "settings": {…}, "checks": [{"name", "status", "says", "do"}]}',
    '',
    'Exit codes: 0 nothing fails (warnings may be there), 1 something fails, 2 called wrongly.',
  ],
  run: async (args, { io, env, now }) => {
    const options = { json: { type: 'boolean', default: false } } as const;
    const { values } = parseCommandArgs(args, { options });
    const { config, sources } = await loadConfig(env);
    if (!values.json) {
      for (const line of [...printConfig(config, sources), '']) io.out(line);
    }
    // The engine is loaded only once the settings are known to be good.
    const { openWarehouse } = await import('../open-warehouse.js');
    const { thisMachine } = await import('../doctor/this-machine.js');
    const open = (wanted: typeof config) => openWarehouse(wanted, now);
    const checks = await examine(config, thisMachine({ now, open }));
    const status = worstStatus(checks);
    if (values.json)
      io.out(JSON.stringify({ status, settings: configJson(config, sources), checks }, null, 2));
    else for (const line of checks.flatMap(checkLines)) io.out(line);
    return status === 'fail' ? 1 : 0;
  },
};

function checkLines({ name, status, says, do: remedy }: Check): string[] {
  const line = `${status.padEnd(4)}  ${name}: ${says}`;
  return remedy === null ? [line] : [line, `      → ${remedy}`];
}
