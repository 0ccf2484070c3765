import { Business, type BusinessSettings } from '../../../schemas/config/business.js';

/** What the shop would say its runs are worth: an order, the part of one, or what a visit brings on average. */
const said = Business.parse({
  values: [
    { functions: ['checkout-api', 'payments-authorize'], usd: '48.50' },
    { functions: ['payment-webhooks', 'order-events', 'stock-reserve'], usd: '12.00' },
    { functions: ['cart-api'], usd: '4.20' },
    { functions: ['product-chat'], usd: '0.90' },
    { functions: ['storefront-edge'], usd: '0.35' },
    { functions: ['search-*', 'catalogue-api', 'recommend'], usd: '0.12' },
  ],
  critical: ['checkout-api', 'payments-authorize', 'payment-webhooks', 'cart-api', 'order-events'],
});

/** What the owners of the fleet know of its worth; what the configuration says goes before it. */
export function businessOfFleet(given: BusinessSettings): BusinessSettings {
  const isSaid = given.values.length > 0 || given.valueAttribute !== null || given.critical.length > 0;
  return isSaid ? given : said;
}
