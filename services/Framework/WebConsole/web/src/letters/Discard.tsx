import { useEffect, useRef, useState } from "react";
import { Copied } from "../parts/Does.tsx";
import { count } from "../parts/text.ts";
import { verbOf, type Choice } from "./LettersPage.tsx";

interface DiscardProps { choice: Choice; letters: number; close: () => void; discard: (why: string) => void }

/** Names what is lost, and asks for the reason. */
export function Discard({ choice, letters, close, discard }: DiscardProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [why, setWhy] = useState("");
  useEffect(() => { dialog.current?.showModal(); }, []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="discard-h">
      <form onSubmit={e => { e.preventDefault(); if (why.trim()) discard(why.trim()); }}>
        <h2 id="discard-h">{letters === 1 ? "Discard this dead letter?" : `Discard ${count(letters)} dead letters?`}</h2>
        <p>Discarded messages are never handled, and you cannot bring them back. Their events stay in the log.</p>
        <label><span className="label">Why? The journal keeps the reason.</span><span className="field"><input value={why} onChange={e => setWhy(e.target.value)} required /></span></label>
        <Copied verb={`${verbOf("discard", choice)} --why ${JSON.stringify(why || "…")}`} />
        <div className="row"><button className="button low">Discard for good</button><button type="button" className="button quiet low" onClick={() => dialog.current?.close()}>Keep</button></div>
      </form>
    </dialog>
  );
}
