import type { DemoFunction } from './demo-function.js';

/** Whom the shop works for; the first ones order most. */
export const customers = [
  'northwind',
  'contoso',
  'fabrikam',
  'adatum',
  'litware',
  'tailspin',
  'wingtip',
  'proseware',
];

/** What a function belongs to, as its owners would say: the shop, or what the shop learns of itself. */
export function productOf({ team }: DemoFunction): string {
  return team === 'data' || team === 'intelligence' ? 'insights' : 'shop';
}

/** The part of the product a function serves, as its name begins. */
export function featureOf({ name }: DemoFunction): string {
  return name.split('-')[0] ?? name;
}

/** The customer a trace is for, the same in all its runs; '' for timers, which work for everybody. */
export function customerOf({ trigger }: DemoFunction, traceId: string): string {
  if (trigger === 'timer') return '';
  // The smaller of two draws: the first customers come more often.
  const first = Number.parseInt(traceId.slice(0, 2), 16) % customers.length;
  const second = Number.parseInt(traceId.slice(2, 4), 16) % customers.length;
  return customers[Math.min(first, second)] ?? '';
}
