export const hostile = '<img src=x onerror="document.title=\'owned\'"> \u202Etxt 🔥';

/** Objectives of every kind the pages tell apart. */
export const definitions = [
  {
    id: 'steady',
    title: 'Search is steady',
    owner: 'discovery',
    where: { function: 'search' },
    objective: '99%',
  },
  {
    id: 'spent',
    title: 'Checkout succeeds',
    owner: 'shop',
    where: { function: 'checkout' },
    objective: '99%',
  },
  { id: 'hostile', title: hostile, where: { function: 'nobody' }, objective: '99.9%' },
  { id: 'teams', title: 'Every team', per: 'team', objective: '95%' },
  {
    id: 'quick',
    title: 'Search is quick',
    where: { function: 'search' },
    objective: '99%',
    sli: { kind: 'latency', under: '300ms' },
  },
].map((one) => ({ sli: { kind: 'success' }, ...one, period: '7d' }));
