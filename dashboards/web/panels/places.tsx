import type { FunctionSummary } from '../../../schemas/functions.js';

/** Where a function runs and whose it is; what telemetry does not tell is left out. */
export function Places({ summary }: { summary: FunctionSummary }) {
  const { environment, team, provider, region } = summary;
  const rest = [team, provider, region].filter((part) => part !== '');
  return (
    <span className="places">
      {environment !== '' && (
        <span className="chip" title={`Environment ${environment}`}>
          <bdi>{environment}</bdi>
        </span>
      )}
      {rest.map((part, index) => (
        // Position is identity here: team, provider and region may have the same name.
        <span key={String(index)} className="place" title={part}>
          <bdi>{part}</bdi>
        </span>
      ))}
    </span>
  );
}
