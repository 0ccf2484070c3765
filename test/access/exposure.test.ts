import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideExposure } from '../../access/exposure.js';

type Case = { name: string; hosts: string[]; haveKeys: boolean; isInsecure: boolean; expected: string };
const cases: Case[] = [
  {
    name: 'loopback without keys is open',
    hosts: ['127.0.0.1', '::1', 'localhost'],
    haveKeys: false,
    isInsecure: false,
    expected: 'open here',
  },
  {
    name: 'all of 127/8 is loopback',
    hosts: ['127.8.9.1'],
    haveKeys: false,
    isInsecure: false,
    expected: 'open here',
  },
  {
    name: 'loopback with keys needs no refusal',
    hosts: ['127.0.0.1'],
    haveKeys: true,
    isInsecure: false,
    expected: 'open here',
  },
  {
    name: 'every interface without keys is refused',
    hosts: ['0.0.0.0'],
    haveKeys: false,
    isInsecure: false,
    expected: 'refused',
  },
  {
    name: 'every IPv6 interface without keys is refused',
    hosts: ['::'],
    haveKeys: false,
    isInsecure: false,
    expected: 'refused',
  },
  {
    name: 'a host name without keys is refused',
    hosts: ['coldburn.example'],
    haveKeys: false,
    isInsecure: false,
    expected: 'refused',
  },
  {
    name: 'a name that only starts like loopback is refused',
    hosts: ['127.0.0.1.example'],
    haveKeys: false,
    isInsecure: false,
    expected: 'refused',
  },
  {
    name: 'one open door among closed ones is refused',
    hosts: ['127.0.0.1', '10.0.0.5'],
    haveKeys: false,
    isInsecure: false,
    expected: 'refused',
  },
  {
    name: 'every interface with keys is served, closed',
    hosts: ['0.0.0.0'],
    haveKeys: true,
    isInsecure: false,
    expected: 'closed',
  },
  {
    name: '--insecure serves without keys, under any name',
    hosts: ['0.0.0.0'],
    haveKeys: false,
    isInsecure: true,
    expected: 'open anywhere',
  },
  {
    name: '--insecure on loopback keeps the guard against foreign names',
    hosts: ['127.0.0.1'],
    haveKeys: false,
    isInsecure: true,
    expected: 'open here',
  },
];
for (const { name, hosts, haveKeys, isInsecure, expected } of cases) {
  test(`decideExposure: ${name}`, () => {
    const addresses = hosts.map((host) => ({ host, settingName: 'COLDBURN_HTTP' }));
    const exposure = decideExposure({ addresses, haveKeys, isInsecure });
    const told =
      exposure.kind === 'refused'
        ? 'refused'
        : exposure.isOpenWithoutKeys
          ? `open ${exposure.openHosts === 'any' ? 'anywhere' : 'here'}`
          : 'closed';
    assert.equal(told, expected);
  });
}

test('decideExposure: a refusal names the address, its setting and every way out', () => {
  const exposure = decideExposure({
    addresses: [{ host: '0.0.0.0', settingName: 'COLDBURN_OTLP_HTTP' }],
    haveKeys: false,
    isInsecure: false,
  });
  assert.ok(exposure.kind === 'refused');
  for (const word of ['0.0.0.0 (COLDBURN_OTLP_HTTP)', 'token create', '127.0.0.1', '--insecure'])
    assert.ok(exposure.sentence.includes(word), word);
});
