import { Buffer } from 'node:buffer';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { damaged } from '../damage.js';
import { seededRandom } from '../seeded-random.js';
import type { Bomb } from './bombs.js';
import { type FuzzBase, firehoseRequestId, type Signal } from './fuzz-bases.js';

/** One thing to send. */
export type Shot =
  | { port: 'http'; path: string; method: string; headers: Record<string, string>; body: Buffer }
  /** The bytes of the stream: the flag, the length and the message, as they are. */
  | { port: 'grpc'; signal: Signal; headers: Record<string, string>; stream: Buffer }
  /** The bytes of the connection; `isWhole` when whoever sends them has a right to an answer. */
  | { port: 'socket'; bytes: Buffer; isWhole: boolean };

type Random = () => number;
type Make = (base: FuzzBase, seed: number, random: Random) => Shot;

function pick<Item>(list: readonly Item[], random: Random): Item {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}

const compress: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: (body) => gzipSync(body, { level: 1 }),
  deflate: (body) => deflateSync(body, { level: 1 }),
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};
const wrongTypes = [
  'text/plain',
  '',
  '@',
  'application/json',
  'application/x-protobuf',
  'application/grpc',
  'APPLICATION/JSON ;q',
];
const wrongCodings = ['gzip', 'br', 'deflate', 'lzma', 'gzip, gzip', '', 'identity', 'GZIP'];
const wrongPaths = [
  '/v1/traces/',
  '/v1/trace',
  '/',
  '/v1/metrics?x=%',
  '/v1/%00',
  '//v1/logs',
  '/v1/firehose',
];

function http(base: FuzzBase, body: Buffer, headers: Record<string, string> = {}): Shot {
  const id = base.signal === 'firehose' ? { 'x-amz-firehose-request-id': firehoseRequestId } : {};
  const type = { 'content-type': base.contentType };
  return { port: 'http', path: base.path, method: 'POST', headers: { ...type, ...id, ...headers }, body };
}

const compressed: Make = (base, seed, random) => {
  const coding = pick(Object.keys(compress), random);
  const bytes = compress[coding]?.(base.body) ?? base.body;
  const inside = () => compress[coding]?.(damaged(base.body, seed)) ?? base.body;
  return http(base, random() < 0.5 ? damaged(bytes, seed) : inside(), { 'content-encoding': coding });
};

const wrongHeaders: Make = (base, seed, random) => {
  const shot = http(base, random() < 0.5 ? base.body : damaged(base.body, seed));
  if (shot.port !== 'http') return shot;
  const { headers } = shot;
  if (random() < 0.5) headers['content-type'] = pick(wrongTypes, random);
  if (random() < 0.5) headers['content-encoding'] = pick(wrongCodings, random);
  if (random() < 0.2)
    headers['x-amz-firehose-common-attributes'] = pick(['{', '[]', '{"commonAttributes":{}}'], random);
  const path = random() < 0.2 ? pick(wrongPaths, random) : shot.path;
  const method = random() < 0.1 ? pick(['PUT', 'GET', 'DELETE', 'OPTIONS', 'PATCH'], random) : shot.method;
  return { ...shot, path, method };
};

/** A message with the length in front that gRPC wants, or with another. */
const grpc: Make = (base, seed, random) => {
  const signal = base.signal === 'firehose' ? 'metrics' : base.signal;
  const message = random() < 0.1 ? base.body : damaged(base.body, seed);
  const isCompressed = random() < 0.2;
  const body = isCompressed && random() < 0.7 ? gzipSync(message, { level: 1 }) : message;
  const prefix = Buffer.alloc(5);
  prefix[0] = isCompressed ? 1 : random() < 0.02 ? 7 : 0;
  prefix.writeUInt32BE(random() < 0.1 ? Math.floor(random() * 2 ** 32) : body.length, 1);
  const headers: Record<string, string> = isCompressed
    ? { 'grpc-encoding': pick(['gzip', 'deflate', 'x'], random) }
    : {};
  return { port: 'grpc', signal, headers, stream: Buffer.concat([prefix, body]) };
};

/** HTTP itself damaged: the head, the announced length, or the chunks. */
const socket: Make = (base, seed, random) => {
  const head = (length: string) =>
    `POST ${base.path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: ${base.contentType}\r\n${length}\r\n\r\n`;
  const { body } = base;
  const way = Math.floor(random() * 5);
  if (way === 0) {
    const bytes = damaged(Buffer.from(head(`content-length: ${body.length}`)), seed);
    return { port: 'socket', bytes: Buffer.concat([bytes, body]), isWhole: false };
  }
  if (way === 1) {
    const bytes = Buffer.concat([Buffer.from(head(`content-length: ${body.length * 2}`)), body]);
    return { port: 'socket', bytes, isWhole: false };
  }
  if (way === 2) {
    const bytes = Buffer.concat([Buffer.from(head(`content-length: ${Math.floor(body.length / 2)}`)), body]);
    return { port: 'socket', bytes, isWhole: true };
  }
  const length = way === 3 ? 'content-length: -1' : 'transfer-encoding: chunked';
  return { port: 'socket', bytes: Buffer.concat([Buffer.from(head(length)), body]), isWhole: true };
};

const plain: Make = (base, seed) => http(base, damaged(base.body, seed));

/** Drawn by a number below 100: up to which each is the one. */
const shares: readonly { upTo: number; make: Make }[] = [
  { upTo: 63, make: plain },
  { upTo: 73, make: compressed },
  { upTo: 81, make: wrongHeaders },
  { upTo: 97, make: grpc },
  { upTo: 100, make: socket },
];

/** Every so many shots one is a bomb. */
const bombEvery = 500;

/** What is sent under a number; the same each time. */
export function shotOf(bases: readonly FuzzBase[], bombs: readonly Bomb[], seed: number): Shot {
  const random = seededRandom(seed * 2 + 1);
  const base = pick(bases, random);
  const bomb = seed % bombEvery === 0 ? bombs[(seed / bombEvery) % bombs.length] : undefined;
  if (bomb !== undefined) return bombShot(bomb);
  const drawn = random() * 100;
  const make = shares.find(({ upTo }) => drawn < upTo)?.make ?? plain;
  return make(base, seed, random);
}

/** As small on the wire as bombs are. */
export function bombShot({ path, contentType, body }: Bomb): Shot {
  const headers = { 'content-type': contentType, 'content-encoding': 'gzip' };
  return { port: 'http', path, method: 'POST', headers, body };
}
