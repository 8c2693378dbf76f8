// Fails the build when everything that a browser can load takes more than 150 kB, compressed.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const limit = 150_000;
const bytes = readdirSync("dist", { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => gzipSync(readFileSync(`${entry.parentPath}/${entry.name}`)).length)
  .reduce((sum, size) => sum + size, 0);

console.log(`The page takes ${(bytes / 1000).toFixed(1)} kB gzip, of ${limit / 1000} kB at most.`);
if (bytes > limit) process.exit(1);
