import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignHostReason, foreignPageReason, type OpenHosts } from '../../http/browser-guard.js';

type HostCase = { name: string; host: string | undefined; allowed?: OpenHosts; isLetIn: boolean };
const hosts: HostCase[] = [
  { name: 'localhost with a port', host: 'localhost:8080', isLetIn: true },
  { name: '127.0.0.1', host: '127.0.0.1:8080', isLetIn: true },
  { name: 'IPv6 loopback', host: '[::1]:8080', isLetIn: true },
  { name: 'any case', host: 'LocalHost', isLetIn: true },
  { name: 'a foreign name that resolves to loopback', host: 'evil.example:8080', isLetIn: false },
  { name: 'a foreign name that starts like localhost', host: 'localhost.evil.example', isLetIn: false },
  { name: 'a foreign name behind a user name', host: 'localhost@evil.example', isLetIn: false },
  { name: 'no host at all', host: undefined, isLetIn: false },
  { name: 'a host that is none', host: 'a b', isLetIn: false },
  { name: 'a configured name', host: 'obs.test:8080', allowed: ['obs.test'], isLetIn: true },
  { name: 'any name where that was asked for', host: 'evil.example', allowed: 'any', isLetIn: true },
];
for (const { name, host, allowed, isLetIn } of hosts)
  test(`foreignHostReason: ${name} is ${isLetIn ? 'let in' : 'refused'}`, () =>
    assert.equal(foreignHostReason(host, allowed ?? []) === null, isLetIn));

type PageCase = { name: string; method?: string; headers: Record<string, string>; isLetIn: boolean };
const pages: PageCase[] = [
  { name: 'a program that is no browser', headers: {}, isLetIn: true },
  { name: 'our own page', headers: { 'sec-fetch-site': 'same-origin' }, isLetIn: true },
  { name: 'what the person typed', headers: { 'sec-fetch-site': 'none' }, isLetIn: true },
  { name: 'a page of another site', headers: { 'sec-fetch-site': 'cross-site' }, isLetIn: false },
  { name: 'another port of the same machine', headers: { 'sec-fetch-site': 'same-site' }, isLetIn: false },
  {
    name: 'reading, from anywhere',
    method: 'GET',
    headers: { 'sec-fetch-site': 'cross-site' },
    isLetIn: true,
  },
  {
    name: 'an older browser on our page',
    headers: { origin: 'http://localhost:8080', host: 'localhost:8080' },
    isLetIn: true,
  },
  {
    name: 'an older browser elsewhere',
    headers: { origin: 'http://evil.example', host: 'localhost:8080' },
    isLetIn: false,
  },
  {
    name: 'another port, by origin',
    headers: { origin: 'http://localhost:3000', host: 'localhost:8080' },
    isLetIn: false,
  },
  { name: 'a sandboxed page', headers: { origin: 'null', host: 'localhost:8080' }, isLetIn: false },
];
for (const { name, method, headers, isLetIn } of pages)
  test(`foreignPageReason: ${name} is ${isLetIn ? 'let in' : 'refused'}`, () =>
    assert.equal(foreignPageReason(method ?? 'POST', headers) === null, isLetIn));
