type Props = { label: string; value: number; most: number; onChange: (value: number) => void };

/** A number between 1 and `most`, to type or to step. */
export const Stepper = ({ label, value, most, onChange }: Props) => (
  <div className="field stepper" role="group" aria-label={label}>
    <button type="button" aria-label="One less" onClick={() => onChange(Math.max(1, value - 1))}>
      −
    </button>
    <input
      value={value}
      inputMode="numeric"
      aria-label={label}
      onChange={event => onChange(Math.min(most, Math.max(1, Number.parseInt(event.target.value, 10) || 1)))}
    />
    <button type="button" aria-label="One more" onClick={() => onChange(Math.min(most, value + 1))}>
      +
    </button>
  </div>
);
