import { type FilterField, filterFields } from '../../schemas/slo/filter/fields.js';
import type { Comparison, Filter, Literal, Operand } from '../../schemas/slo/filter/filter.js';
import type { ParamValue } from '../../warehouse/warehouse.js';
import { likePattern } from './like-pattern.js';

/** A condition on rows of `invocations`, joined with `attributes` of their spans where it asks for any. */
export type FilterSql = { sql: string; params: Record<string, ParamValue> };

/** What a field is in SQL: null, or an empty text, is what was not told. Nothing of a filter's author ever gets in here. */
const columns: Readonly<Record<FilterField, string>> = {
  function: 'toString(function)',
  environment: 'toString(environment)',
  version: 'toString(version)',
  alias: 'toString(alias)',
  region: 'toString(region)',
  team: 'toString(team)',
  provider: 'toString(provider)',
  platform: 'toString(platform)',
  account: 'toString(account)',
  arch: 'toString(arch)',
  trigger: 'toString(trigger)',
  outcome: 'toString(outcome)',
  errorType: 'toString(error_type)',
  errorMessage: 'error_message',
  product: 'toString(product)',
  feature: 'toString(feature)',
  customer: 'customer',
  durationMs: 'duration_ns / 1000000',
  initMs: 'if(init_ns > 0, init_ns / 1000000, NULL)',
  eventAgeMs: 'toFloat64(event_age_ms)',
  httpStatus: 'if(http_status > 0, toFloat64(http_status), NULL)',
  memoryMb: 'if(memory_bytes > 0, memory_bytes / 1048576, NULL)',
  memoryUsedMb: 'if(memory_used_bytes > 0, memory_used_bytes / 1048576, NULL)',
  memoryUsedRatio: 'if(memory_used_bytes > 0 AND memory_bytes > 0, memory_used_bytes / memory_bytes, NULL)',
  payloadBytes: 'toFloat64(payload_bytes)',
  attempt: 'toFloat64(attempt)',
  cold: 'cold',
  duplicate: 'duplicate',
  superseded: 'superseded',
};

/** Writes a filter as SQL. Every value it names is a parameter whose name begins with `prefix`. */
export function filterSql(filter: Filter, prefix: string): FilterSql {
  const params: Record<string, ParamValue> = {};
  const parameter = (type: string, value: ParamValue): string => {
    const name = `${prefix}${Object.keys(params).length}`;
    params[name] = value;
    return `{${name}: ${type}}`;
  };
  return { sql: write(filter, parameter), params };
}

type Parameter = (type: string, value: ParamValue) => string;

function write(filter: Filter, parameter: Parameter): string {
  switch (filter.kind) {
    case 'all':
      if (filter.parts.length === 0) return 'true';
      return `(${filter.parts.map((part) => write(part, parameter)).join(' AND ')})`;
    case 'any':
      if (filter.parts.length === 0) return 'false';
      return `(${filter.parts.map((part) => write(part, parameter)).join(' OR ')})`;
    case 'not':
      return `(NOT ${write(filter.of, parameter)})`;
    case 'exists':
      return isTold(filter.operand, parameter);
    case 'like': {
      const text = textOf(filter.operand, parameter);
      const pattern = parameter('String', likePattern(filter.glob));
      return `ifNull(${ifTold(filter.operand, text)}${text} LIKE ${pattern}, false)`;
    }
    case 'in':
      return `(${filter.values.map((value) => compare(filter.operand, '==', value, parameter)).join(' OR ')})`;
    case 'compare':
      return compare(filter.operand, filter.by, filter.value, parameter);
  }
}

const signs: Readonly<Record<Exclude<Comparison, '!='>, string>> = {
  '==': '=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function compare(operand: Operand, by: Comparison, value: Literal, parameter: Parameter): string {
  if (by === '!=') return `(NOT ${compare(operand, '==', value, parameter)})`;
  if (typeof value === 'number')
    return `ifNull(${numberOf(operand, parameter)} ${signs[by]} ${exactly(value, parameter)}, false)`;
  if (typeof value === 'boolean') return `(${textOf(operand, parameter)} = ${parameter('Bool', value)})`;
  const text = textOf(operand, parameter);
  return `ifNull(${ifTold(operand, text)}${text} = ${parameter('String', value)}, false)`;
}

/** An empty field was not told; an empty attribute was. */
function ifTold(operand: Operand, text: string): string {
  return operand.kind === 'field' ? `${text} != '' AND ` : '';
}

/** By its bits: the engine reads decimals of parameters with less care than this program. */
function exactly(value: number, parameter: Parameter): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return `reinterpretAsFloat64(${parameter('UInt64', bits.getBigUint64(0))})`;
}

function textOf(operand: Operand, parameter: Parameter): string {
  if (operand.kind === 'field') return columns[operand.name];
  const texts = operand.kind === 'tag' ? 'tags' : 'attributes';
  const key = parameter('String', operand.key);
  return `if(mapContains(${texts}, ${key}), ${texts}[${key}], NULL)`;
}

/** A text counts as a number when it is plain decimal digits. */
function numberOf(operand: Operand, parameter: Parameter): string {
  const text = textOf(operand, parameter);
  if (operand.kind === 'field') return text;
  return `if(match(ifNull(${text}, ''), '^-?[0-9]{1,15}([.][0-9]{1,15})?$'), toFloat64OrNull(${text}), NULL)`;
}

function isTold(operand: Operand, parameter: Parameter): string {
  const text = textOf(operand, parameter);
  if (operand.kind !== 'field') return `isNotNull(${text})`;
  const kind = filterFields[operand.name];
  if (kind === 'flag') return 'true';
  return kind === 'text' ? `(${text} != '')` : `isNotNull(${text})`;
}
