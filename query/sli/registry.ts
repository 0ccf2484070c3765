import { coldStart } from './cold-start.js';
import { duplicate } from './duplicate.js';
import { retry } from './retry.js';
import type { Sli } from './sli.js';
import { success } from './success.js';
import { throttle } from './throttle.js';
import { timeout } from './timeout.js';

/** Indicators that are sums over invocations, by the name the API knows them by. */
export const countedSlis = { success, coldStart, throttle, timeout, retry, duplicate } satisfies Record<
  string,
  Sli
>;
