import { useLocation } from "wouter";
import { count, deadLetters, rate } from "../parts/text.ts";
import type { FlowMap, QueueState, Reading } from "../types.ts";
import { Glyph, Shape } from "./Glyph.tsx";
import { layout, type Placed } from "./layout.ts";
import { Fragment, useMemo } from "react";

interface PictureProps { map: FlowMap; reading?: Reading; lit: Set<string>; refused: boolean; down: Set<string> }

/** The flow, drawn from the topology. What moved in the last second is bright; the way of the followed command is lit. */
export function Picture({ map, reading, lit, refused, down }: PictureProps) {
  const { width, height, nodes, wires } = useMemo(() => layout(map), [map]);
  const on = new Set(wires.filter(wire => lit.has(wire.edge.id)).flatMap(wire => [wire.edge.from, wire.edge.to]));
  return (
    <svg className="flow" data-refused={refused || undefined} viewBox={`0 0 ${width} ${height}`} role="group" aria-label="The flow, from clients to read models">
      {wires.map(({ edge, path, tip }) => {
        const state = lit.has(edge.id) ? " lit" : "";
        return <g key={edge.id}><path className={`edge${state}${edge.kind === "loop" && state ? " dash" : ""}`} data-edge={edge.id} d={path} /><path className={state ? "tip on" : "tip"} d={tip} /></g>;
      })}
      {wires.filter(wire => reading?.pulses[wire.edge.id] && !lit.has(wire.edge.id)).map(({ edge, path }) => <path key={`${edge.id} ${reading!.at}`} className="edge pulse" d={path} aria-hidden="true" />)}
      {nodes.map(place => <Node key={place.node.id} place={place} queue={reading?.queues?.find(queue => queue.name === place.node.queue)} on={on.has(place.node.id)} down={down.has(place.node.id)} />)}
      {wires.map(({ edge, label }) => {
        const text = rate(reading?.rates[edge.id] ?? 0);
        return text && label ? <text key={edge.id} className="rate" x={label.x} y={label.y} data-start={label.start || undefined}>{text}</text> : null;
      })}
    </svg>
  );
}

function Node({ place: { node, x, y }, queue, on, down }: { place: Placed; queue?: QueueState; on: boolean; down: boolean }) {
  const [, go] = useLocation();
  const waiting = queue ? queue.waiting + queue.delayed : 0;
  const [lines, sub] = [names(node.kind === "queue" ? "SQS" : node.label), down ? "not running" : queue?.inFlight ? `${count(queue.inFlight)} in flight` : node.detail];
  const dead = deadLetters(queue?.dead ?? 0);
  const to = target(node.kind);
  // The name begins with what is seen, as whoever speaks to the page says it.
  const name = [queue && waiting, ...lines, sub, queue && `, queue ${queue.name}`].filter(part => part !== undefined && part !== "").join(" ").replace(" ,", ",");
  const above = node.kind === "tips";
  const first = above ? -26 - 12 * lines.length + (sub ? 0 : 12) : node.kind === "queue" ? 27 : 31;
  const drawing = (
    <g transform={`translate(${x} ${y})`}>
      <Shape kind={node.kind} className={`node${on ? " on" : ""}${down ? " alert" : ""}`} />
      <Glyph kind={node.kind} />
      {queue && <text className="wait" y="4">{waiting > 9999 ? "9999+" : waiting}</text>}
      {lines.map((line, i) => <Fragment key={line}>{" "}<text y={first + 12 * i} x={node.kind === "gateway" ? -14 : node.kind === "decider" ? -18 : 0}>{line}</text></Fragment>)}{" "}
      {sub && <text className={down ? "alarm" : "sub"} y={first + 12 * lines.length} x={node.kind === "gateway" ? -14 : 0}>{sub}</text>}
    </g>
  );
  return (
    <>
      {to ? <a href={to} aria-label={name} onClick={e => { e.preventDefault(); go(to); }}>{drawing}</a> : <g role="img" aria-label={name}>{drawing}</g>}
      {queue && queue.dead > 0 && (
        <a href="/deadletters" aria-label={`${dead} of ${queue.name}`} onClick={e => { e.preventDefault(); go("/deadletters"); }}>
          <g transform={`translate(${x + 42} ${y - 28})`}><rect className="node alert thin" x="-41" y="-9" width="82" height="18" rx="9" /><text className="alarm" y="4">{dead}</text></g>
        </a>
      )}
    </>
  );
}

const target = (kind: Placed["node"]["kind"]) => kind === "tips" || kind === "log" ? "/stream" : kind === "tables" ? "/readmodels" : kind === "queue" ? "/deadletters" : null;

/** A program's name on two lines: EventsTo, ReadModels. */
function names(label: string): string[] {
  const words: string[] = label.match(/[A-Z][a-z]*/g) ?? [];
  if (label.length < 12 || words.join("") !== label) return [label];
  const cut = words.indexOf("To") + 1 || Math.ceil(words.length / 2);
  const [a, b] = cut > 2 || words[0]!.length > 7 ? [words.slice(0, cut - 1), words.slice(cut - 1)] : [words.slice(0, cut), words.slice(cut)];
  return [a.join(""), b.join("")];
}

/** The same for a narrow screen, and for whoever would rather read. */
export function Hops({ map, reading }: { map: FlowMap; reading?: Reading }) {
  const rateInto = (id: string) => Math.max(0, ...map.edges.filter(edge => edge.to === id && edge.kind === "way").map(edge => reading?.rates[edge.id] ?? 0));
  return (
    <table className="dense">
      <thead><tr><th scope="col">Hop</th><th scope="col" className="num">Rate</th><th scope="col" className="num">Waiting</th></tr></thead>
      <tbody>{map.nodes.filter(node => ["stream", "decider", "topic", "function"].includes(node.kind)).map(node => {
        const queue = reading?.queues?.find(one => map.edges.some(edge => edge.to === node.id && edge.from === `queue ${one.name}`));
        return (
          <tr key={node.id}>
            <th scope="row">{node.label}</th><td className="num">{rate(rateInto(node.id)) || "0/s"}</td>
            <td className="num">{queue ? count(queue.waiting + queue.delayed) : ""}{queue && queue.dead > 0 && <> <span className="tag refused">{count(queue.dead)} dead</span></>}</td>
          </tr>
        );
      })}</tbody>
    </table>
  );
}
