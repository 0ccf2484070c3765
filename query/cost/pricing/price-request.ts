import type { CostNote, PriceAnswer, PriceRequest } from '../../../schemas/cost/price.js';
import type { PriceBook } from '../book/price-book.js';
import { decimal } from '../exact/rational.js';
import { priceLines } from './price-lines.js';
import { archOf, billingOfProfile, profileLines } from './profile-lines.js';
import type { UsageLine } from './usage-line.js';

export type PriceVerdict = { kind: 'priced'; answer: PriceAnswer } | { kind: 'refused'; reason: string };

/** Prices what a request describes; `now` stands in for usage without an instant. */
export function priceRequest(book: PriceBook, request: PriceRequest, now: Date): PriceVerdict {
  const { provider, profiles: listed = [], lines = [], ...rest } = request;
  const profiles = provider === undefined ? listed : [{ ...rest, provider }];
  const asked: { line: UsageLine; at: Date }[] = [];
  const notes: CostNote[] = [];
  for (const profile of profiles) {
    const billing = billingOfProfile(profile);
    if (billing === null)
      return {
        kind: 'refused',
        reason: `service: "${profile.service ?? ''}" is no product of ${profile.provider} known here; leave it out for the usual one`,
      };
    const at = profile.at ?? now;
    const made = profileLines(billing, profile, at);
    asked.push(...made.lines.map((line) => ({ line, at })));
    notes.push(...made.missing.map((message) => ({ code: 'unknown-usage' as const, message })));
  }
  for (const { at, quantity, arch, ...rest } of lines)
    asked.push({ line: { ...rest, arch: archOf(arch), quantity: decimal(quantity) }, at: at ?? now });
  const answer = priceLines(book, asked);
  return { kind: 'priced', answer: { ...answer, notes: [...notes, ...answer.notes] } };
}
