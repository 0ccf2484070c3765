import { Buffer } from 'node:buffer';
import { seededRandom } from './seeded-random.js';

type Mutation = (body: Buffer, random: () => number) => Buffer;

const at = (body: Buffer, random: () => number): number => Math.floor(random() * body.length);

/** A length of ten bytes, of five, one that is far beyond the end, and a number field where a message should be. */
const lies = ['ffffffffffffffffff01', 'ffffffff0f', 'ffffff7f', '08'].map((hex) => Buffer.from(hex, 'hex'));

const mutations: Mutation[] = [
  (body, random) => {
    const flipped = Buffer.from(body);
    const index = at(body, random);
    flipped[index] = (flipped[index] ?? 0) ^ (1 << Math.floor(random() * 8));
    return flipped;
  },
  (body, random) => body.subarray(0, at(body, random)),
  (body, random) => {
    const lied = Buffer.from(body);
    lied[at(body, random)] = random() < 0.5 ? 0xff : 0x7f;
    return lied;
  },
  (body, random) => {
    const [from, to] = [at(body, random), at(body, random)].sort((a, b) => a - b);
    const part = body.subarray(from, to);
    return Buffer.concat([body.subarray(0, to), part, part, body.subarray(to)]);
  },
  (body, random) => {
    const index = at(body, random);
    const lie = lies[Math.floor(random() * lies.length)] ?? Buffer.alloc(0);
    return Buffer.concat([body.subarray(0, index), lie, body.subarray(index + 1)]);
  },
  (body, random) => {
    const index = at(body, random);
    const noise = Buffer.from(Array.from({ length: 8 }, () => Math.floor(random() * 256)));
    return Buffer.concat([body.subarray(0, index), noise, body.subarray(index)]);
  },
];

/** A damaged copy of a body; the same seed does the same damage. */
export function damaged(base: Buffer, seed: number): Buffer {
  const random = seededRandom(seed);
  let body = base;
  for (let round = 0; round <= seed % 3; round++) {
    const mutate = mutations[Math.floor(random() * mutations.length)];
    if (mutate !== undefined && body.length > 0) body = mutate(body, random);
  }
  return body;
}
