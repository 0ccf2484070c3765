import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ClassificationRules,
  classificationRules,
} from '../../../ingest/classify/rules/classification-rules.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import { repositoryRoot } from '../../support/repository-root.js';
import { openDecoder } from './decode.js';

const directory = join(repositoryRoot, 'test/fixtures/senders');
const expectedEnding = '.expected.json';

export type SenderPayload = {
  /** Within the corpus. */
  name: string;
  /** Next to the payload. */
  expectedPath: string;
  /** The invocations it becomes, in their order, with every field of a row. */
  invocations: () => unknown;
};

/** Every payload of the corpus. A `coldburn.yaml` beside it is the configuration it is received with. */
export function senderPayloads(): SenderPayload[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(bin|json)$/.test(name) && !name.endsWith(expectedEnding))
    .sort()
    .map((name) => {
      const path = join(directory, name);
      return {
        name,
        expectedPath: `${path}${expectedEnding}`,
        invocations: () => {
          const { invocations } = openDecoder(rulesBeside(path))(
            readFileSync(path),
            name.endsWith('.bin') ? 'protobuf' : 'json',
          );
          return plain(invocations);
        },
      };
    });
}

export function readExpected({ expectedPath }: SenderPayload): unknown {
  return JSON.parse(readFileSync(expectedPath, 'utf8'));
}

function rulesBeside(path: string): ClassificationRules {
  const yamlPath = join(dirname(path), 'coldburn.yaml');
  const yamlText = existsSync(yamlPath) ? readFileSync(yamlPath, 'utf8') : null;
  const parsed = parseConfig({ yamlText, yamlPath, env: {} });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.map(({ says }) => says).join('; '));
  const { classification, attribution } = parsed.config.ingest;
  return classificationRules(classification, attribution);
}

/** As JSON has it: 64-bit numbers as texts, a map as an object. */
function plain(value: object): unknown {
  const replacer = (key: string, inner: unknown): unknown => {
    if (typeof inner === 'bigint') return inner.toString();
    return key === 'tags' && Array.isArray(inner) ? Object.fromEntries(inner) : inner;
  };
  return JSON.parse(JSON.stringify(value, replacer));
}
