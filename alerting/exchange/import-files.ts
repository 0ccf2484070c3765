import { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { type WrittenSlo, writeSlo } from '../../schemas/slo/write-slo.js';
import { judgeTiers } from '../tiers/judge-slo.js';
import type { Draft, Imported, Source } from './draft.js';
import { textAt } from './fields.js';
import { importOpenSlo, type Referred } from './openslo.js';
import { importPyrra } from './pyrra.js';
import { importSloth } from './sloth.js';
import { readYamlObjects, type YamlObject } from './yaml-objects.js';

/** One objective of the import: as it would stand in a file of ours, or none and why. */
export type ImportedSlo = { slo: WrittenSlo | null; lost: string[] };
export type ImportReport = { source: Source; slos: ImportedSlo[]; lost: string[] };
export type ImportResult = { reports: ImportReport[]; problems: string[] };

const openSloVersions = [
  'openslo/v1alpha',
  'openslo/v1',
  'openslo.com/v2alpha',
  'openslo/v2alpha',
  'openslo.com/v2alpha1',
];
/** Kinds of OpenSLO that SLOs refer to; by themselves they are nothing. */
const referredKinds = [
  'SLI',
  'AlertPolicy',
  'AlertCondition',
  'DataSource',
  'Service',
  'AlertNotificationTarget',
];

/** Takes over what files of other tools say, all at once: objects may refer to those of another file. */
export function importFiles(files: readonly { name: string; text: string }[]): ImportResult {
  const read = files.map(({ name, text }) => readYamlObjects(text, name));
  const objects = read.flatMap((one) => one.objects);
  const named = new Map(
    objects.map(({ value }) => [`${textAt(value, 'kind')} ${textAt(value, 'metadata', 'name')}`, value]),
  );
  const referred: Referred = (kind, name) => named.get(`${kind} ${name}`);
  const taken = new Set<string>();
  const reports = objects.flatMap((object): ImportReport[] => {
    const imported = importOne(object, referred);
    if (imported === null) return [];
    const { source, drafts, lost } = imported;
    return [{ source, lost, slos: drafts.map((draft) => settled(draft, taken)) }];
  });
  return { reports, problems: read.flatMap((one) => one.problems) };
}

function importOne(object: YamlObject, referred: Referred): Imported | null {
  const { file, line, value } = object;
  const [api = '', kind = ''] = [textAt(value, 'apiVersion'), textAt(value, 'kind')];
  if (openSloVersions.includes(api) && kind === 'SLO') return importOpenSlo(object, referred);
  if (openSloVersions.includes(api) && referredKinds.includes(kind)) return null;
  if (textAt(value, 'version') === 'prometheus/v1') return importSloth(object);
  if (api === 'sloth.slok.dev/v1' && kind === 'PrometheusServiceLevel') return importSloth(object);
  if (api === 'pyrra.dev/v1alpha1' && kind === 'ServiceLevelObjective') return importPyrra(object);
  const name = textAt(value, 'metadata', 'name') ?? textAt(value, 'service') ?? '';
  const format = api || (textAt(value, 'version') ?? 'unknown');
  const why = 'it is no SLO of OpenSLO v1alpha, v1 or v2alpha, of Sloth or of Pyrra';
  return { source: { file, line, format, kind, name }, drafts: [], lost: [why] };
}

/** As a file of ours would be read: what is refused there is not written. */
function settled({ slo, lost }: Draft, taken: Set<string>): ImportedSlo {
  if (slo === null) return { slo: null, lost };
  const parsed = SloDefinition.safeParse({ ...slo, id: freeId(slo.id, taken) });
  if (!parsed.success) {
    const says = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`);
    return { slo: null, lost: [...lost, ...says.map((one) => `it cannot be an objective here: ${one}`)] };
  }
  const refused = judgeTiers(parsed.data).flatMap(({ problems }) =>
    problems.filter(({ kind }) => kind === 'refused'),
  );
  if (refused.length > 0) {
    const says = refused.map((one) => `it cannot be an objective here: ${one.says}`);
    return { slo: null, lost: [...lost, ...says] };
  }
  taken.add(parsed.data.id);
  return { slo: writeSlo(parsed.data), lost };
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const free = count === 1 ? id : `${id.slice(0, 76)}-${count}`;
    if (!taken.has(free)) return free;
  }
}
