import type { Params, ParamValue } from '../warehouse.js';
import { escapeText, quoteString } from './sql-text.js';

/** The text ClickHouse parses as the value of a `{name: Type}` placeholder, the same in both modes. */
export function encodeParam(value: ParamValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (value instanceof Date) return instant(value);
  return encodeElement(value);
}

/** Inside an array, text is quoted and the absent value is a keyword. */
function encodeElement(value: ParamValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteString(value);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return quoteString(instant(value));
  return `[${value.map(encodeElement).join(',')}]`;
}

function encodeNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** 'YYYY-MM-DD HH:MM:SS.mmm'; every statement runs with `session_timezone` UTC, so it is read as such. */
function instant(value: Date): string {
  return value.toISOString().replace('T', ' ').replace('Z', '');
}

export function encodeParams(params: Params): Map<string, string> {
  return new Map(Object.entries(params).map(([name, value]) => [name, encodeParam(value)]));
}
