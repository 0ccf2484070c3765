import { type LabelName, type Labels, matchesLabels } from '../../schemas/alerting/labels.js';
import type { AlertingSettings } from '../../schemas/config/alerting.js';

/**
 * Labels with owner and team filled in: what the objective or the telemetry says comes first, then the configuration, and
 * an owner nobody names is the team.
 */
export function ownedLabels(labels: Labels, ownership: AlertingSettings['ownership']): Labels {
  const known = (name: LabelName) => (labels[name] ?? '') !== '';
  const rule =
    known('owner') && known('team') ? undefined : ownership.find(({ match }) => matchesLabels(match, labels));
  const team = known('team') ? labels.team : rule?.team;
  const owner = known('owner') ? labels.owner : (rule?.owner ?? team);
  return { ...labels, ...(team === undefined ? {} : { team }), ...(owner === undefined ? {} : { owner }) };
}
