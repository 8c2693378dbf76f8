import type { Change, Json } from "../types.ts";

export interface Line { text: string; isNew: boolean }

/** A document's lines, with those marked that a change touches. */
export function lines(document: Json, changes: Change[]): Line[] {
  const paths = new Set(changes.filter(change => change.after !== undefined).map(change => change.path));
  const all: Line[] = [];
  write(document, "", "", "", "");
  return all;

  function write(value: Json, path: string, before: string, indent: string, after: string) {
    const isNew = [...paths].some(one => path !== "" && (path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`)));
    const add = (text: string) => all.push({ text: indent + text, isNew });
    if (value === null || typeof value !== "object") return void add(`${before}${JSON.stringify(value)}${after}`);
    const parts = Array.isArray(value) ? value.map((one, i) => ["", one, `${path}[${i}]`] as const) : Object.entries(value).map(([name, one]) => [`${JSON.stringify(name)}: `, one, path ? `${path}.${name}` : name] as const);
    const [open, close] = Array.isArray(value) ? "[]" : "{}";
    if (parts.length === 0) return void add(`${before}${open}${close}${after}`);
    add(`${before}${open}`);
    parts.forEach(([name, one, place], i) => write(one, place, name, `${indent}  `, i < parts.length - 1 ? "," : ""));
    add(`${close}${after}`);
  }
}

export const show = (value: Json | undefined) => value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
