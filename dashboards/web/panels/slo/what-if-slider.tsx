export type WhatIfSliderProps<Choice> = {
  id: string;
  /** What it is a slider over: "Objective to try out". */
  label: string;
  choices: readonly Choice[];
  chosen: Choice;
  text: (choice: Choice) => string;
  choose: (choice: Choice) => void;
  ends: readonly [least: string, most: string];
};

/** One slider over round choices, with what it stands at in large. */
export function WhatIfSlider<Choice>(props: WhatIfSliderProps<Choice>) {
  const { id, label, choices, chosen, text, choose, ends } = props;
  return (
    <div className="what-if-slide">
      <output className="what-if-objective" htmlFor={id}>
        {text(chosen)}
      </output>
      <div>
        <input
          id={id}
          type="range"
          min={0}
          max={choices.length - 1}
          step={1}
          value={Math.max(0, choices.indexOf(chosen))}
          aria-label={label}
          aria-valuetext={text(chosen)}
          onInput={({ currentTarget }) => {
            const next = choices[Number(currentTarget.value)];
            if (next !== undefined) choose(next);
          }}
        />
        <span className="what-if-ends" aria-hidden="true">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </span>
      </div>
    </div>
  );
}
