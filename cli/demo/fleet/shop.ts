import type { Fleet } from './demo-function.js';
import { catalogue } from './teams/catalogue.js';
import { checkout } from './teams/checkout.js';
import { data } from './teams/data.js';
import { intelligence } from './teams/intelligence.js';
import { messaging } from './teams/messaging.js';
import { payments } from './teams/payments.js';

/** A shop of six teams. Teams whose functions call others' come first, because callers stand before the called. */
export const shop: Fleet = {
  name: 'shop',
  functions: [...checkout, ...payments, ...catalogue, ...messaging, ...data, ...intelligence],
};
