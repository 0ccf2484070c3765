import { parseDuration } from '../../../schemas/config/duration.js';
import { UsageError } from '../../parse-command-args.js';

/** Numbers and durations of the command line; each throws a UsageError that names the option. */
export function numberOption(name: string, text: string, range: { from: number; to: number }): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= range.from && value <= range.to) return value;
  throw new UsageError(`--${name} must be a number from ${range.from} to ${range.to}, not "${text}"`);
}

export function wholeOption(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new UsageError(`--${name} must be a whole number, not "${text}"`);
}

export function durationOption(name: string, text: string, mostMs: number): number {
  const ms = parseDuration(text);
  if (ms !== null && ms <= mostMs) return ms;
  throw new UsageError(
    `--${name} must be a duration such as "45m", "24h" or "30d", at most ${mostMs / 86_400_000}d, not "${text}"`,
  );
}

export function instantOption(name: string, text: string): number {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  throw new UsageError(`--${name} must be an instant such as 2026-11-20T09:00:00Z, not "${text}"`);
}

export function urlOption(name: string, text: string): string {
  if (URL.canParse(text)) return text;
  throw new UsageError(`--${name} ${text} is not a URL`);
}
