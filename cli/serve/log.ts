import { type Logger, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';

export type LogOptions = {
  level: string;
  /** `auto` is pretty on a terminal and JSON everywhere else. */
  format: 'auto' | 'json' | 'pretty';
  isTerminal: boolean;
};

/** Whatever carries a credential is never written down. */
const redact = ['headers.authorization', 'headers.cookie', 'headers["x-api-key"]', '*.password', '*.secret'];

/** Structured logs on standard output: one JSON line each, or a readable line for a person at a terminal. */
export function createLog({ level, format, isTerminal }: LogOptions): Logger {
  const options = { level, redact, base: null };
  const isPretty = format === 'pretty' || (format === 'auto' && isTerminal);
  if (!isPretty) return pino(options);
  return pino(
    options,
    PinoPretty({ colorize: isTerminal, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname', sync: true }),
  );
}
