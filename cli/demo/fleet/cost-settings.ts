import type { CostSettings } from '../../../schemas/config/cost.js';
import { senders } from './senders.js';
import { shop } from './shop.js';

/**
 * What the owners of the fleet know and its telemetry does not tell: memory and vCPU on Azure, Google and Knative, what the
 * shop counts by, and what each team may spend. What the configuration says goes before it.
 */
export function costOfFleet(settings: CostSettings): CostSettings {
  const given = shop.functions
    .filter(
      ({ sender }) => senders[sender].billing !== 'aws-lambda' && senders[sender].billing !== 'cloudflare',
    )
    .map(({ name, sender, memoryMb }) => ({
      functions: [name],
      // Nothing Knative sends says that it is one.
      billing: senders[sender].billing,
      memoryMb,
      vcpu: '1',
    }));
  const teams = [...new Set(shop.functions.map(({ team }) => team))];
  const budgets = teams.map((team) => ({ name: team, team, usdPerMonth: '5' }));
  const units = [{ name: 'order', function: 'checkout-api', costOf: {} }];
  return {
    ...settings,
    functions: [...settings.functions, ...given],
    budgets: settings.budgets.length > 0 ? settings.budgets : budgets,
    units: settings.units.length > 0 ? settings.units : units,
  };
}
