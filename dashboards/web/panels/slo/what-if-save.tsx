import { SloAnswer } from '../../../../schemas/slo/slo-answer.js';
import { send } from '../../browser/ask.js';
import { useSending } from '../../browser/use-sending.js';
import { type Tried, triedDefinition } from '../../view/slo/tried-definition.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';

export type WhatIfSaveProps = { slo: SloAnswer; tried: Tried; reset: () => void; saved: () => void };

/** A definition from a file is changed in that file; any other here, as a new version. */
export function WhatIfSave({ slo, tried, reset, saved }: WhatIfSaveProps) {
  const { isBusy, failure, wait } = useSending();
  const { objective, underMs } = tried;
  if (objective === null && underMs === null)
    return <p className="aside what-if-acts">In force. Move the slider to redraw the past.</p>;
  const save = async () => {
    const definition = triedDefinition(slo.definition, tried);
    const url = apiUrl(`slos/${encodeURIComponent(slo.id)}`);
    if ((await wait(send('PUT', url, SloAnswer, definition))) !== null) saved();
  };
  const lines = [
    objective === null ? '' : `objective: ${objective.replace(' ', '')}`,
    underMs === null ? '' : `under: ${underMs}ms`,
  ].filter((line) => line !== '');
  return (
    <div className="what-if-acts">
      {slo.source === 'file' ? (
        <p>
          Its source is the file <bdi>{slo.author}</bdi>: write{' '}
          {lines.map((line, index) => (
            <>
              {index > 0 && ' and '}
              <code>{line}</code>
            </>
          ))}{' '}
          there.
        </p>
      ) : (
        <button type="button" className="button primary small" disabled={isBusy} onClick={save}>
          {isBusy
            ? 'Saving…'
            : underMs === null
              ? `Save ${objective} as the objective`
              : objective === null
                ? `Save ${underMs} ms as the threshold`
                : `Save ${objective} under ${underMs} ms`}
        </button>
      )}
      <button type="button" className="button small" onClick={reset}>
        Back to what is in force
      </button>
      <Refusal failure={failure} />
    </div>
  );
}
