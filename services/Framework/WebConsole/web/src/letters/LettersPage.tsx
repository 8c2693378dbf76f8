import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { get, post } from "../api.ts";
import { useLive } from "../live.tsx";
import { Copied, Does } from "../parts/Does.tsx";
import { Failure } from "../parts/Failure.tsx";
import { count, deadLetters } from "../parts/text.ts";
import { useTitle } from "../parts/useTitle.ts";
import type { Letter } from "../types.ts";
import { Discard } from "./Discard.tsx";
import { LetterCard } from "./LetterCard.tsx";

/** Some dead letters, as the backend and the command line name them. */
export interface Choice { id?: string; queue?: string; stream?: string }

export const verbOf = (verb: string, { id, queue, stream }: Choice) =>
  ["deadletters", verb, id && `--id ${id}`, queue && `--queue ${queue}`, stream && `--stream ${stream}`].filter(Boolean).join(" ");

export function LettersPage() {
  useTitle("Dead letters");
  const queries = useQueryClient();
  const { reading } = useLive();
  const letters = useQuery({ queryKey: ["letters"], queryFn: () => get<Letter[]>("/deadletters/") });
  const [discarding, discard] = useState<{ choice: Choice; letters: number } | null>(null);
  const changed = () => queries.invalidateQueries({ queryKey: ["letters"] });
  const redrive = useMutation({ mutationFn: (choice: Choice) => post<{ letters: number }>("/deadletters/redrive", choice), onSettled: changed });
  const end = useMutation({ mutationFn: ({ choice, why }: { choice: Choice; why: string }) => post<{ letters: number }>("/deadletters/discard", { ...choice, why }), onSettled: changed });

  const dead = reading?.queues?.reduce((sum, queue) => sum + queue.dead, 0);
  const { refetch } = letters;
  const seen = useRef(dead);
  useEffect(() => {
    if (dead === undefined || dead === seen.current) return;
    seen.current = dead;
    void refetch();
  }, [dead, refetch]);

  const queues = Map.groupBy(letters.data ?? [], letter => letter.queue);
  const done = redrive.data ? `${count(redrive.data.letters)} sent to their functions again.` : end.data ? `${count(end.data.letters)} discarded.` : "";
  return (
    <>
      <div className="row apart"><h1>Dead letters</h1><span className="hush">Messages that no function could handle. None of them is lost.</span></div>
      <p role="status" className="small">{redrive.isPending || end.isPending ? "Working…" : done}</p>
      {letters.error && <Failure error={letters.error} retry={() => void refetch()} />}
      {(redrive.error ?? end.error) && <Failure error={(redrive.error ?? end.error)!} />}
      {letters.isLoading && <section className="panel" aria-busy="true"><p className="hush">Asking every queue…</p></section>}
      {letters.data?.length === 0 && <section className="panel stack tight"><p className="strong">There are no dead letters.</p><p className="hush">A message moves here after its last attempt, with the cause.</p><Copied verb="deadletters list" /></section>}
      {[...queues].map(([queue, all]) => (
        <section key={queue} className="panel" aria-labelledby={`q-${queue}`}>
          <header className="row apart"><h2 id={`q-${queue}`} className="mono">{queue}</h2><span className="tag refused">{deadLetters(all.length)}</span></header>
          <div className="doses">
            <Does verb={verbOf("redrive", { queue })} busy={redrive.isPending} onClick={() => redrive.mutate({ queue })}>Redrive all of this queue</Does>
            <Does verb={`${verbOf("discard", { queue })} --why …`} busy={end.isPending} onClick={() => discard({ choice: { queue }, letters: all.length })}>Discard all of this queue…</Does>
          </div>
          {all.map(letter => <LetterCard key={letter.id} letter={letter} inStream={all.filter(other => other.stream && other.stream === letter.stream).length} busy={redrive.isPending || end.isPending}
            redrive={choice => redrive.mutate(choice)} discard={choice => discard({ choice, letters: 1 })} />)}
        </section>
      ))}
      {discarding && <Discard {...discarding} close={() => discard(null)} discard={why => { end.mutate({ choice: discarding.choice, why }); discard(null); }} />}
    </>
  );
}
