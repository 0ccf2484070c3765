import { formatHostPort, type HostPort } from '../../../schemas/config/host-port.js';
import { type Check, fail, ok, warn } from '../check.js';

/** What happened when the doctor tried to listen there; `code` is the system's, such as EACCES. */
export type PortFacts =
  | { kind: 'free' }
  | { kind: 'taken'; by: 'coldburn' | 'other' }
  | { kind: 'refused'; code: string };

export type PortSetting = { setting: string; environmentName: string; at: HostPort };

export function portVerdict({ setting, environmentName, at }: PortSetting, facts: PortFacts): Check {
  const where = formatHostPort(at);
  const elsewhere = `set ${setting} (${environmentName}) to another host:port`;
  if (facts.kind === 'free') {
    return ok(setting, at.port === 0 ? `${where}: a free port will be picked` : `${where} is free`);
  }
  if (facts.kind === 'taken' && facts.by === 'coldburn') {
    return warn(
      setting,
      `${where} is taken by a running Coldburn`,
      `stop that one to start another here, or ${elsewhere}`,
    );
  }
  if (facts.kind === 'taken') {
    return fail(setting, `${where} is taken by another program`, `stop that program, or ${elsewhere}`);
  }
  switch (facts.code) {
    case 'EACCES':
      return fail(
        setting,
        `${where}: this user may not listen on port ${at.port}`,
        `use a port above 1023 (${elsewhere}), or grant the capability CAP_NET_BIND_SERVICE`,
      );
    case 'EADDRNOTAVAIL':
      return fail(setting, `${where}: this machine has no address ${at.host}`, elsewhere);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail(setting, `${where}: the name ${at.host} does not resolve`, elsewhere);
    case 'EAFNOSUPPORT':
      return fail(setting, `${where}: this machine has no network of that kind (IPv6 may be off)`, elsewhere);
    default:
      return fail(setting, `${where}: cannot listen (${facts.code})`, elsewhere);
  }
}
