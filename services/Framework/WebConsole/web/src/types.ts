export interface About { stack: string; command: string; map: FlowMap; readModels: string[] }
export interface FlowMap { nodes: FlowNode[]; edges: FlowEdge[] }
export type NodeKind = "clients" | "edge" | "gateway" | "service" | "stream" | "decider" | "tips" | "log" | "topic" | "queue" | "function" | "tables" | "mail" | "clock";
export interface FlowNode { id: string; kind: NodeKind; label: string; detail?: string; queue?: string; tables: string[] }
export interface FlowEdge { id: string; from: string; to: string; kind: "way" | "writes" | "loop" | "reads" }

export interface QueueState { name: string; waiting: number; inFlight: number; delayed: number; dead: number }
export interface ModelLag { name: string; lagMs: number; behindStreams: number; oldest?: string }
export interface Decided {
  id: string; stream: string; type: string; status: "applied" | "unchanged" | "refused"; version: number; events: string[];
  code?: string; reason?: string; actor: string; role: string; at: string; decidedMs: number; way: string[];
}
export interface Reading {
  at: string; queues?: QueueState[]; models?: ModelLag[]; commands?: { perSecond: number; appliedPerSecond: number; refusedPerSecond: number };
  recent?: Decided[]; pulses: Record<string, number>; rates: Record<string, number>; processes: { name: string; pid: number; isRunning: boolean }[]; faults: string[];
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export interface Change { path: string; before?: Json; after?: Json }
export interface StreamEvent { id: string; version: number; type: string; typeVersion: number; data: Json; changes?: Change[] }
export interface Command {
  commandId: string; stream: string; type: string; status: "applied" | "unchanged" | "refused"; version: number; code?: string; reason?: string; asked?: Json;
  actor: { id: string; role: string }; issuedAt: string; decidedAt: string; correlationId?: string; causationId?: string; events: StreamEvent[];
}
export interface Timeline { stream: string; hasDocument: boolean; version: number; parked: number; hasEarlier: boolean; commands: Command[] }
export interface DocumentPair { beforeVersion: number; before?: Json; version: number; document?: Json; changes: Change[] }

export interface Letter { id: string; queue: string; function?: string; failedAt?: string; reason?: string; stack?: string; stream?: string; version: number; events: string[]; body: string }

export interface ModelVersion { name: string; version: string; model: string; isFirst: boolean; isAlive: boolean; isBuilt: boolean; percent: number; buckets: number[]; categories: string[] }
export interface Job {
  kind: "build" | "compare" | "retire"; model: string; isRunning: boolean; isStopped: boolean; error?: string;
  progress?: { streams: number; events: number; totalStreams: number; totalEvents: number; eventsPerSecond: number; remaining?: string };
  built?: { streams: number; events: number; stuckStreams: number; stuck: string[]; seconds: number };
  compared?: number; comparison?: { items: number; missing: number; onTheWay: number; differing: number; first: string[]; beside: Record<string, number> }; comparedWith?: string; retired?: number;
}
export interface ModelList { versions: ModelVersion[]; jobs: Job[] }
