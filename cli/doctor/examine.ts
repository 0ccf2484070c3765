import type { Config } from '../../schemas/config/config.js';
import type { HostPort } from '../../schemas/config/host-port.js';
import type { Check } from './check.js';
import { type ServerFacts, serverVerdicts } from './verdicts/clickhouse.js';
import { type ClockFacts, clockVerdict } from './verdicts/clock.js';
import {
  type DataDirFacts,
  dataDirVerdict,
  fileSystemVerdict,
  freeSpaceVerdict,
  holderVerdict,
} from './verdicts/data-dir.js';
import { type EngineFacts, engineVerdict, type PlatformFacts, platformVerdict } from './verdicts/engine.js';
import { type MemoryFacts, memoryVerdict } from './verdicts/memory.js';
import { nodeVerdict } from './verdicts/node-version.js';
import { openFilesVerdict } from './verdicts/open-files.js';
import { type PortFacts, portVerdict } from './verdicts/port.js';

/** Everything the doctor asks of the outside world. */
export type Machine = {
  nodeVersion: string;
  port: (at: HostPort) => Promise<PortFacts>;
  dataDir: (path: string) => Promise<DataDirFacts>;
  /** The sentence of the process that has the data directory; null when nobody has. */
  holder: (path: string) => Promise<string | null>;
  clock: () => Promise<ClockFacts>;
  memory: (limits: Config['limits']) => MemoryFacts;
  openFiles: () => Promise<number | null>;
  platform: () => PlatformFacts;
  engine: (config: Config) => Promise<EngineFacts>;
  server: (config: Config) => Promise<ServerFacts>;
};

/** Looks at everything this configuration needs of the machine. */
export async function examine(config: Config, machine: Machine): Promise<Check[]> {
  const checks: Check[] = [nodeVerdict(machine.nodeVersion)];
  for (const port of usedPorts(config)) checks.push(portVerdict(port, await machine.port(port.at)));
  const dataDir = await machine.dataDir(config.dataDir);
  checks.push(
    dataDirVerdict(dataDir),
    freeSpaceVerdict(dataDir, config.disk),
    fileSystemVerdict(dataDir),
    holderVerdict(await machine.holder(config.dataDir)),
    clockVerdict(await machine.clock()),
    openFilesVerdict(await machine.openFiles()),
  );
  if (config.clickhouse.url !== null) return [...checks, ...serverVerdicts(await machine.server(config))];
  const hopeless = platformVerdict(machine.platform());
  checks.push(memoryVerdict(machine.memory(config.limits)));
  checks.push(hopeless ?? engineVerdict(await machine.engine(config)));
  return checks;
}

/** Only the addresses this process will listen on with its roles; the web port answers health checks for every role. */
function usedPorts({ listen, roles }: Config) {
  const web = { setting: 'listen.http', environmentName: 'COLDBURN_HTTP', at: listen.http };
  const receivers = [
    { setting: 'listen.otlpHttp', environmentName: 'COLDBURN_OTLP_HTTP', at: listen.otlpHttp },
    { setting: 'listen.otlpGrpc', environmentName: 'COLDBURN_OTLP_GRPC', at: listen.otlpGrpc },
  ];
  return roles.includes('ingest') ? [web, ...receivers] : [web];
}
