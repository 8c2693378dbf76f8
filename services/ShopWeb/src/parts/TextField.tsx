import { type Ref, useId } from "react";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Stands before the text, as a currency's sign does. */
  sign?: string;
  isLong?: boolean;
  required?: boolean;
  maxLength?: number;
  inputMode?: "decimal" | "numeric" | "text";
  pattern?: string;
  placeholder?: string;
  list?: readonly string[];
  /** The id of the sentence that tells what is wrong. */
  describedBy?: string;
  isInvalid?: boolean;
  isLabelHidden?: boolean;
  inputRef?: Ref<HTMLInputElement>;
};

/** A label and its field. */
export function TextField({ label, value, onChange, sign, isLong, list, describedBy, isInvalid, isLabelHidden, inputRef, ...rest }: Props) {
  const id = useId();
  const common = { id, value, "aria-describedby": describedBy, "aria-invalid": isInvalid || undefined, ...rest };
  return (
    <div>
      <label className={isLabelHidden ? "unseen" : "label"} htmlFor={id}>
        {label}
      </label>
      <div className="field">
        {sign && <span aria-hidden="true">{sign}</span>}
        {isLong ? (
          <textarea rows={4} {...common} onChange={event => onChange(event.target.value)} />
        ) : (
          <input ref={inputRef} list={list && `${id}-list`} autoComplete="off" {...common} onChange={event => onChange(event.target.value)} />
        )}
      </div>
      {list && (
        <datalist id={`${id}-list`}>
          {list.map(one => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </div>
  );
}
