import type { FlowNode } from "../types.ts";

const drawn: Partial<Record<FlowNode["kind"], string>> = {
  gateway: "M-7-8v16M7-8v16M-3 0h6M1-3l3 3-3 3",
  stream: "M-9-4c3-3 6 3 9 0s6 3 9 0M-9 4c3-3 6 3 9 0s6 3 9 0",
  tips: "M-8-5h11l5 5-5 5H-8z",
  log: "M-7-8v16M-2-8v16M3-8v16M8-2v4",
  topic: "M-8 0h5M-3 0 7-7M-3 0H8M-3 0 7 7",
  mail: "M-9-6H9V6H-9zM-9-6 0 1l9-7",
  tables: "M-8-7h16v5H-8zM-8 2h16v5H-8z",
};

/** What a node is, drawn: circle for a program, square for a store, capsule for what waits. */
export function Glyph({ kind }: { kind: FlowNode["kind"] }) {
  switch (kind) {
    case "clients": return <g className="glyph"><rect x="-8" y="-7" width="16" height="11" rx="1.5" /><path d="M-4 8h8" /></g>;
    case "edge": return <g className="glyph"><circle r="8" /><path d="M-8 0h16M0-8c4 4 4 12 0 16M0-8c-4 4-4 12 0 16" /></g>;
    case "service": case "decider": case "function": return <text className="lambda" y="5">λ</text>;
    default: return drawn[kind] ? <g className="glyph"><path d={drawn[kind]} /></g> : null;
  }
}

export function Shape({ kind, className }: { kind: FlowNode["kind"]; className: string }) {
  switch (kind) {
    case "stream": return <rect className={className} x="-21" y="-15" width="42" height="30" rx="15" />;
    case "queue": return <rect className={className} x="-20" y="-13" width="40" height="26" rx="13" />;
    case "tips": case "log": case "tables": return <rect className={className} x="-17" y="-17" width="34" height="34" rx="6" />;
    default: return <circle className={className} r="17" />;
  }
}
