import { Buffer } from 'node:buffer';

/** A small generator with a seed, so that a failure can be run again. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Mutation = (body: Buffer, random: () => number) => Buffer;

const at = (body: Buffer, random: () => number): number => Math.floor(random() * body.length);

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
    const noise = Buffer.from(Array.from({ length: 8 }, () => Math.floor(random() * 256)));
    return Buffer.concat([body.subarray(0, index), noise, body.subarray(index)]);
  },
];

/** A damaged copy of a body; the same seed does the same damage. */
export function damaged(base: Buffer, seed: number): Buffer {
  const random = mulberry32(seed);
  let body = base;
  for (let round = 0; round <= seed % 3; round++) {
    const mutate = mutations[Math.floor(random() * mutations.length)];
    if (mutate !== undefined && body.length > 0) body = mutate(body, random);
  }
  return body;
}
