import type { RuleChange } from '../../../schemas/cost/rules.js';

type Rule = Readonly<Record<string, unknown>>;
/** Rules by kind, as they stand in the configuration. */
export type RuleBook = Readonly<Partial<Record<RuleChange['kind'], readonly Rule[]>>>;

const kinds: readonly RuleChange['kind'][] = [
  ...(['shared', 'rates', 'exchange', 'functions', 'provisioned', 'budgets', 'units', 'telemetry'] as const),
];

/** What came, went and changed from one version of the rules to the next. */
export function diffRules(before: RuleBook, after: RuleBook): RuleChange[] {
  return kinds.flatMap((kind) => {
    const [old, fresh] = [byName(kind, before[kind] ?? []), byName(kind, after[kind] ?? [])];
    const names = new Set([...old.keys(), ...fresh.keys()]);
    return [...names].flatMap((rule): RuleChange[] => {
      const [was, is] = [old.get(rule) ?? null, fresh.get(rule) ?? null];
      if (sameText(was) === sameText(is)) return [];
      const change = was === null ? 'added' : is === null ? 'removed' : 'changed';
      const told = is ?? was ?? {};
      return [
        {
          kind,
          rule,
          change,
          before: was,
          after: is,
          author: textOf(told, 'author'),
          reason: textOf(told, 'reason'),
        },
      ];
    });
  });
}

/** Rules of one name are told apart by their order: the second `checkout` is `checkout (2)`. */
function byName(kind: RuleChange['kind'], rules: readonly Rule[]): Map<string, Rule> {
  const found = new Map<string, Rule>();
  for (const rule of rules) {
    const name = nameOf(kind, rule);
    let unique = name;
    for (let count = 2; found.has(unique); count++) unique = `${name} (${count})`;
    found.set(unique, rule);
  }
  return found;
}

function nameOf(kind: RuleChange['kind'], rule: Rule): string {
  const parts = {
    shared: ['name', 'from'],
    rates: ['provider', 'product', 'dimension', 'region', 'arch', 'from'],
    exchange: ['currency', 'from'],
    functions: ['functions'],
    provisioned: ['function', 'environment', 'alias', 'version', 'region', 'from'],
    budgets: ['name'],
    units: ['name'],
    telemetry: [],
  }[kind];
  const text = parts.map((key) => String(rule[key] ?? '')).filter((part) => part !== '');
  return text.length === 0 ? kind : text.join(' ');
}

/** The same for rules that say the same, whatever the order of their keys. */
function sameText(rule: Rule | null): string {
  return rule === null ? '' : JSON.stringify(Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textOf(rule: Rule, key: string): string | null {
  const value = rule[key];
  return typeof value === 'string' ? value : null;
}
