import { useState } from 'preact/hooks';
import { matchText } from '../../view/incidents/silence-words.js';
import { parseMatch } from '../../view/settings/parse-match.js';
import { SilenceForm } from '../incidents/silence-form.js';

/** A silence of whatever matches, planned before something fires. */
export function NewSilence({ made }: { made: () => void }) {
  const [text, setText] = useState('');
  const parsed = parseMatch(text);
  const match = parsed.kind === 'ok' ? parsed.match : {};
  const words = matchText(match);
  return (
    <div className="new-silence">
      <input
        type="text"
        className="text-field wide"
        aria-label="What to silence"
        placeholder="team=checkout, function=pay-*"
        autocomplete="off"
        spellcheck={false}
        maxLength={500}
        value={text}
        aria-invalid={parsed.kind === 'wrong'}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <SilenceForm
        match={match}
        says={
          parsed.kind === 'wrong'
            ? parsed.says
            : words === ''
              ? 'Say which labels must match: team, function, environment, severity, slo, rule and so on.'
              : `Nobody is told of ${words}; that it is over is told all the same.`
        }
        done={() => {
          setText('');
          made();
        }}
      />
    </div>
  );
}
