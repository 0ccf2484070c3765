import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressGroup } from '../../access/address-group.js';

const cases = [
  { name: 'an IPv4 address stands for itself', address: '192.0.2.7', group: '192.0.2.7' },
  {
    name: 'an IPv4 address inside IPv6 is the same address',
    address: '::ffff:192.0.2.7',
    group: '192.0.2.7',
  },
  { name: 'an IPv6 address stands for its /64', address: '2001:db8:1:2:aaaa::1', group: '2001:db8:1:2::/64' },
  {
    name: 'a neighbour in the /64 is counted with it',
    address: '2001:db8:1:2::ffff',
    group: '2001:db8:1:2::/64',
  },
  { name: 'a short form is the same network', address: '2001:DB8::9', group: '2001:db8:0:0::/64' },
  {
    name: 'leading zeros do not make another network',
    address: '2001:0db8:0:0:1:2:3:4',
    group: '2001:db8:0:0::/64',
  },
  { name: 'a zone is left out', address: 'fe80::1%eth0', group: 'fe80:0:0:0::/64' },
  { name: 'IPv6 loopback has its group', address: '::1', group: '0:0:0:0::/64' },
  { name: 'a quad at the end fills two groups', address: '64:ff9b::192.0.2.7', group: '64:ff9b:0:0::/64' },
  { name: 'what is no address stands for itself', address: 'unix', group: 'unix' },
];
for (const { name, address, group } of cases)
  test(`addressGroup: ${name}`, () => assert.equal(addressGroup(address), group));
