import { isLoopbackHost } from '../http/loopback.js';

/** An address the program is about to listen on, and the setting it comes from. */
export type ListenAddress = { host: string; settingName: string };

type Exposure =
  /** `isOpenWithoutKeys`: while there are no keys everybody is admin. `openHosts` guards that against DNS rebinding. */
  | { kind: 'ok'; isOpenWithoutKeys: boolean; openHosts: readonly string[] | 'any' }
  | { kind: 'refused'; sentence: string };

type ExposureFacts = {
  addresses: readonly ListenAddress[];
  haveKeys: boolean;
  /** `--insecure`: whoever started this knows that everybody on the network is admin. */
  isInsecure: boolean;
};

/** Decides before listening whether these addresses may be served with the keys there are. */
export function decideExposure({ addresses, haveKeys, isInsecure }: ExposureFacts): Exposure {
  const reachable = addresses.filter(({ host }) => !isLoopbackHost(host));
  if (reachable.length === 0) return { kind: 'ok', isOpenWithoutKeys: true, openHosts: [] };
  if (isInsecure) return { kind: 'ok', isOpenWithoutKeys: true, openHosts: 'any' };
  if (haveKeys) return { kind: 'ok', isOpenWithoutKeys: false, openHosts: [] };
  const places = reachable.map(({ host, settingName }) => `${host} (${settingName})`).join(', ');
  return {
    kind: 'refused',
    sentence: `Everyone who reaches ${places} could read and change everything, because there are no API keys: create one with "coldburn token create --role admin --name NAME", listen on 127.0.0.1, or accept it with --insecure.`,
  };
}
