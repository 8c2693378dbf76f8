import { useState, type ReactNode } from "react";
import { useLive } from "../live.tsx";

interface DoesProps { verb: string; onClick: () => void; children: ReactNode; solid?: boolean; disabledBecause?: string; busy?: boolean }

/** A button with the operator's command that does the same. The command copies itself. */
export function Does({ verb, onClick, children, solid, disabledBecause, busy }: DoesProps) {
  const off = Boolean(disabledBecause) || busy;
  return (
    <div className="does">
      <button className={`button low${solid ? "" : " quiet"}`} aria-disabled={off || undefined} onClick={() => { if (!off) onClick(); }}>{children}</button>
      {disabledBecause ? <span className="tiny hush">{disabledBecause}</span> : <Copied verb={verb} />}
    </div>
  );
}

/** The operator's command line for this stack. */
export function Copied({ verb }: { verb: string }) {
  const { command } = useLive();
  const [copied, setCopied] = useState(false);
  const text = command(verb);
  return (
    <button className="copy" title="Copy the command" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))} onBlur={() => setCopied(false)}>
      <code>{text}</code><span className="tiny" aria-live="polite">{copied ? " Copied" : ""}</span>
    </button>
  );
}
