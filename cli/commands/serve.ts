import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from '../command.js';
import { loadConfig } from '../load-config.js';
import { parseCommandArgs, UsageError } from '../parse-command-args.js';

/** SIGTERM to exit takes at most ten seconds; the last two are for the process itself. */
const drainBudgetMs = 8_000;

/** Exits 0 after a clean drain, 1 when it could not start or not stop cleanly, 2 when called wrongly. */
export const serve: Command = {
  name: 'serve',
  usage: 'serve [--demo] [--insecure]',
  summary: 'Take telemetry, answer questions and show the app, until told to stop.',
  details: [
    '--demo       also run a fleet of forty demo functions that send real OTLP to this server, with incidents',
    '--insecure   listen on other addresses than loopback without any API key: everyone who reaches them is admin',
    '',
    'Settings come from coldburn.yaml and the environment; "coldburn config print" shows them.',
    'SIGTERM or SIGINT drains and ends it within ten seconds; a second one ends it at once.',
    'Exit codes: 0 stopped, 1 it could not start or not stop cleanly, 2 called wrongly.',
  ],
  run: async (args, context) => {
    const options = {
      demo: { type: 'boolean', default: false },
      insecure: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseCommandArgs(args, { options, allowPositionals: true });
    if (positionals.length > 0) throw new UsageError(`"serve" takes no "${positionals[0]}"`);
    const { config } = await loadConfig(context.env);
    const [
      { createLifecycle },
      { createLog },
      { startServer },
      { demoAlerting },
      { demoCost },
      { hasDemoFleet },
    ] = await Promise.all([
      import('../serve/lifecycle.js'),
      import('../serve/log.js'),
      import('../serve/start-server.js'),
      import('../demo/demo-alerting.js'),
      import('../demo/demo-cost.js'),
      import('../demo/demo-marker.js'),
    ]);
    const log = createLog({ ...config.log, isTerminal: context.io.isTty });
    const wait = async (ms: number, signal: AbortSignal) => {
      await delay(ms, undefined, { signal }).catch(() => undefined);
    };
    const stopSignal = context.stopSignal();
    let { listen } = config;
    for (;;) {
      const isDemo = values.demo || (await hasDemoFleet(config.dataDir));
      const demoWanted = new AbortController();
      const lifecycle = createLifecycle({
        nowMs: () => performance.now(),
        wait,
        onStopped: (name) => log.debug({ name }, 'stopped'),
      });
      const settings = isDemo
        ? { ...config, alerting: demoAlerting(config.alerting), cost: demoCost(config.cost) }
        : config;
      const serveContext = {
        config: { ...settings, listen },
        version: context.version,
        instanceId: randomUUID(),
        isInsecure: values.insecure,
        isDemo,
        onDemoWanted: () => demoWanted.abort('the demo fleet was asked for'),
        log,
        now: context.now,
        newId: randomUUID,
      };
      try {
        // The same ports again, whichever the system picked.
        listen = await startServer(serveContext, lifecycle);
      } catch (error) {
        await lifecycle.stopAll(drainBudgetMs);
        throw error;
      }
      const over = AbortSignal.any([stopSignal, demoWanted.signal]);
      await untilAborted(over);
      log.info({ signal: String(over.reason) }, 'stopping');
      const failures = await lifecycle.stopAll(drainBudgetMs);
      for (const failure of failures) log.error(failure);
      log.info('stopped');
      if (stopSignal.aborted || failures.length > 0) return failures.length === 0 ? 0 : 1;
    }
  },
};

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
