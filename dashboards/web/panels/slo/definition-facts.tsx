import type { SloAnswer } from '../../../../schemas/slo/slo-answer.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import { promiseText, whereText } from '../../view/slo/describe-definition.js';
import { goodText } from '../../view/slo/good-text.js';

/** An objective in words. */
export function DefinitionFacts({ slo, definition }: { slo: SloAnswer; definition: SloDefinition }) {
  return (
    <dl className="facts">
      <dt>Good is</dt>
      <dd>{goodText(definition)}</dd>
      <dt>Which runs</dt>
      <dd>
        <bdi>{whereText(definition)}</bdi>
      </dd>
      <dt>Promised</dt>
      <dd>{promiseText(definition)}</dd>
      <dt>Alerting</dt>
      <dd>
        {definition.alerting.tiers === undefined
          ? `preset ${definition.alerting.preset}`
          : 'tiers of its own'}
      </dd>
      <dt>Source</dt>
      <dd>
        {slo.source === 'file' ? 'the file ' : 'the API, by '}
        <bdi>{slo.author}</bdi>, version {slo.version}
      </dd>
      {definition.description !== undefined && (
        <>
          <dt>Why</dt>
          <dd>
            <bdi>{definition.description}</bdi>
          </dd>
        </>
      )}
    </dl>
  );
}
