import type { ReactNode } from "react";
import { NothingBeads } from "./Bead.tsx";

/** Nothing to show: says what is missing, and offers the way out. */
export const Empty = ({ title, text, children }: { title: string; text: string; children?: ReactNode }) => (
  <div className="panel empty">
    <NothingBeads />
    <h2>{title}</h2>
    <p className="small hush">{text}</p>
    {children && <p className="row">{children}</p>}
  </div>
);
