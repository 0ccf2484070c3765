import type { ClassificationSettings, OutcomeRule } from '../../../schemas/config/classification.js';
import type { Outcome } from '../invocation.js';
import type { AttributeReader } from '../known-keys.js';
import { type ReadKey, readKey, readText } from '../read-key.js';
import { matchesAny, matchesGlob } from './glob.js';
import { RememberedByName } from './remembered-by-name.js';

/** How the runs of one function are judged where the configuration says so. */
export type FunctionOutcome = {
  /** Null: the default set. */
  httpErrors: ((status: number) => boolean) | null;
  ignoredErrors: readonly string[];
  conditions: readonly Condition[];
};

type Condition = { key: ReadKey; is: string; outcome: Outcome; errorType: string };

/** The rules for each function. Of what several say, the first counts; ignored errors and conditions add up. */
export function outcomeRules(
  rules: ClassificationSettings['outcomes'],
): ((functionName: string) => FunctionOutcome | null) | null {
  if (rules.length === 0) return null;
  const remembered = new RememberedByName((name) =>
    merge(rules.filter(({ functions }) => matchesAny(functions, name))),
  );
  return (functionName) => remembered.of(functionName);
}

function merge(rules: readonly OutcomeRule[]): FunctionOutcome | null {
  if (rules.length === 0) return null;
  const statuses = rules.find(({ httpErrors }) => httpErrors !== undefined)?.httpErrors;
  return {
    httpErrors: statuses === undefined ? null : statusSet(statuses),
    ignoredErrors: rules.flatMap(({ ignoredErrors = [] }) => ignoredErrors),
    conditions: rules
      .flatMap(({ conditions = [] }) => conditions)
      .map(({ attribute, is, outcome, errorType = '' }) => ({
        key: readKey(attribute),
        is,
        outcome,
        errorType,
      })),
  };
}

export function conditionFor({ conditions }: FunctionOutcome, attributes: AttributeReader): Condition | null {
  for (const condition of conditions) {
    const text = readText(attributes, condition.key);
    if (text !== null && matchesGlob(condition.is, text)) return condition;
  }
  return null;
}

function statusSet(statuses: NonNullable<OutcomeRule['httpErrors']>): (status: number) => boolean {
  const ranges = statuses.map(range);
  return (status) => ranges.some(([from, to]) => status >= from && status <= to);
}

/** 429, `429`, `5xx` and `400-403`, both ends included. */
function range(text: string | number): readonly [number, number] {
  const [from = '', to = from] = String(text).split('-');
  return [Number(from.replaceAll('x', '0')), Number(to.replaceAll('x', '9'))];
}
