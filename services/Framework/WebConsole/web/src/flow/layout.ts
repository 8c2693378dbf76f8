import type { FlowEdge, FlowMap, FlowNode } from "../types.ts";

export interface Placed { node: FlowNode; x: number; y: number }
export interface Wire { edge: FlowEdge; path: string; tip: string; label?: { x: number; y: number; start?: boolean } }
export interface Layout { width: number; height: number; nodes: Placed[]; wires: Wire[] }

const column = 84;
const lane = 100;
const top = 92;
const at = (n: number) => 38 + n * column;

/** Places what a command and its events pass from left to right, one lane for each queue. Loops run over the top, reads below. */
export function layout(map: FlowMap): Layout {
  const of = (kind: FlowNode["kind"]) => map.nodes.filter(node => node.kind === kind);
  const out = (node: FlowNode) => map.edges.filter(edge => edge.from === node.id);
  const node = (id: string) => map.nodes.find(one => one.id === id)!;
  const places = new Map<string, Placed>();
  const put = (one: FlowNode, x: number, y: number) => places.set(one.id, { node: one, x, y });

  // Loops to the stream first, then loops to the edge, then what ends on the right: no wire crosses a store.
  const order = (queue: FlowNode) => {
    const effects = out(node(out(queue)[0]?.to ?? queue.id));
    const loop = effects.find(edge => edge.kind === "loop");
    return loop ? (node(loop.to).kind === "stream" ? 0 : 1) : map.edges.some(edge => edge.kind === "reads" && effects.some(effect => effect.to === edge.from)) ? 3 : 2;
  };
  const queues = of("queue").toSorted((a, b) => order(a) - order(b));
  const middle = top + lane * Math.floor((queues.length - 1) / 2);
  const services = of("service");
  const writers = services.filter(service => out(service).length > 0);
  const readers = services.filter(service => out(service).length === 0);

  of("clients").forEach(one => put(one, at(0), middle));
  of("edge").forEach(one => put(one, at(1), middle));
  of("gateway").forEach(one => put(one, at(2), middle));
  writers.forEach((one, i) => put(one, at(3), middle - i * lane));
  readers.forEach((one, i) => put(one, at(3), middle + 2 * lane + i * lane));
  of("stream").forEach(one => put(one, at(4), middle));
  of("decider").forEach(one => put(one, at(5), middle));
  of("tips").forEach(one => put(one, at(5.5), middle - 1.5 * lane));
  of("log").forEach(one => put(one, at(5.5), middle + 1.5 * lane));
  of("topic").forEach(one => put(one, at(6), middle));
  queues.forEach((queue, i) => {
    put(queue, at(7), top + i * lane);
    for (const follower of out(queue).map(edge => node(edge.to))) {
      put(follower, at(8), top + i * lane);
      for (const effect of out(follower).filter(edge => edge.kind !== "loop")) put(node(effect.to), at(9), top + i * lane);
    }
  });

  const bottom = Math.max(...[...places.values()].map(place => place.y));
  const wires = map.edges.filter(edge => places.has(edge.from) && places.has(edge.to)).map(edge => wire(edge, places.get(edge.from)!, places.get(edge.to)!, bottom));
  return { width: at(9) + 50, height: bottom + 100, nodes: [...places.values()], wires };
}

const half = (place: Placed) => place.node.kind === "stream" ? 21 : place.node.kind === "queue" ? 20 : 17;

function wire(edge: FlowEdge, from: Placed, to: Placed, bottom: number): Wire {
  const [x1, y1, x2, y2] = [from.x + half(from), from.y, to.x - half(to), to.y];
  switch (edge.kind) {
    case "loop": {
      const far = to.node.kind === "edge";
      const [side, over] = far ? [794, 14] : [762, 38];
      const foot = to.y - half(to) + (to.node.kind === "stream" ? 4 : -4);
      return {
        edge,
        path: `M${x1} ${y1}H${side - 10}a10 10 0 0 0 10-10V${over + 10}a10 10 0 0 0-10-10H${to.x + 10}a10 10 0 0 0-10 10V${foot}`,
        tip: `M${to.x - 5} ${foot - 5}l5 7 5-7z`,
        label: { x: to.x + 160, y: over - 6 },
      };
    }
    case "reads": {
      const [start, under] = [to.x + 17, bottom + 80];
      return {
        edge,
        path: `M${start} ${to.y}C${start + 35} ${to.y} ${start + 23} ${under} ${start + 63} ${under}H${from.x + 26}a10 10 0 0 0 10-10V${from.y + 10}a10 10 0 0 0-10-10H${from.x + 20}`,
        tip: `M${start + 9} ${to.y - 5}l-7 5 7 5z`,
      };
    }
    case "writes": {
      const up = to.y < from.y;
      const end = to.y + (up ? 22 : -22);
      return {
        edge,
        path: `M${from.x + 8} ${from.y + (up ? -15 : 15)}C${to.x - 4} ${from.y + (up ? -37 : 37)} ${to.x} ${from.y + (up ? -52 : 52)} ${to.x} ${end}`,
        tip: `M${to.x - 5} ${end + (up ? 1 : -1)}l5 ${up ? -7 : 7} 5 ${up ? 7 : -7}z`,
        label: { x: to.x + 9, y: (from.y + to.y) / 2 + (up ? 0 : 8), start: true },
      };
    }
    default:
      if (y1 === y2) return { edge, path: `M${x1} ${y1}H${x2 - 3}`, tip: tipRight(x2, y2), label: { x: (x1 + x2) / 2, y: y1 - 8 } };
      if (to.x - from.x === column && from.node.kind === "topic") {
        const lean = (y2 - y1) / 20;
        return { edge, path: `M${from.x + 15} ${y1 + lean}C${from.x + 46} ${y1 + 2 * lean} ${from.x + 34} ${y2} ${x2 - 5} ${y2}`, tip: tipRight(x2, y2) };
      }
      return { edge, path: `M${from.x + 8} ${y1 + (y2 > y1 ? 15 : -15)}C${from.x + 30} ${y1 + (y2 - y1) * 0.3} ${from.x + 14} ${y2} ${x2 - 3} ${y2}`, tip: tipRight(x2, y2) };
  }
}

const tipRight = (x: number, y: number) => `M${x - 7} ${y - 5}l7 5-7 5z`;
