import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What V8 writes: samples of the stack, as a tree of the functions on it. */
type Profile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly lineNumber: number };
    readonly hitCount?: number;
    readonly children?: readonly number[];
  }[];
};
type Frame = { readonly name: string; readonly hits: number; readonly children: readonly Frame[] };

/** Beside this program, as `circuit.vite.config.ts` builds both. */
const script = join(import.meta.dirname, "circuit.mjs");
const folder = join(import.meta.dirname, "../flame");
const [width, rowHeight] = [1600, 17];

/** Profiles batches of updates over five views, and draws where the time goes into `node_modules/.cache/flame`. */
function drawCircuit(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const flags = ["--expose-gc", "--cpu-prof", "--cpu-prof-dir", folder];
  execFileSync(process.execPath, [...flags, script, "growth", process.argv[2] ?? "1000000"], {
    stdio: "ignore",
  });
  const [name = ""] = readdirSync(folder);
  const root = tree(JSON.parse(readFileSync(join(folder, name), "utf8")) as Profile);
  const path = join(folder, "circuit.svg");
  writeFileSync(path, drawn(root));
  process.stdout.write(`${path}\n${hottest(root)}\n`);
}

function tree({ nodes }: Profile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const frame = (id: number): Frame => {
    const node = byId.get(id);
    const children = (node?.children ?? []).map(frame);
    const hits = (node?.hitCount ?? 0) + children.reduce((sum, child) => sum + child.hits, 0);
    const { functionName = "", lineNumber = 0 } = node?.callFrame ?? {};
    return { name: functionName === "" ? `line ${lineNumber + 1}` : functionName, hits, children };
  };
  return frame(nodes[0]?.id ?? 0);
}

/** Widths are shares of the time; the callers are above those whom they call. */
function drawn(root: Frame): string {
  const boxes: string[] = [];
  let depths = 0;
  const draw = (frame: Frame, x: number, depth: number): void => {
    const w = (frame.hits / root.hits) * width;
    if (w < 0.5) return;
    depths = Math.max(depths, depth + 1);
    const share = `${((100 * frame.hits) / root.hits).toFixed(1)} %`;
    const label = escaped(frame.name);
    const text = w > 40 ? `<text x="3" y="12">${label.slice(0, Math.floor(w / 6.5))}</text>` : "";
    const hue = 10 + ((frame.name.length * 37) % 45);
    boxes.push(
      `<svg x="${x.toFixed(1)}" y="${depth * rowHeight}" width="${w.toFixed(1)}" height="${rowHeight - 1}">` +
        `<title>${label} ${share}</title><rect width="100%" height="100%" fill="hsl(${hue} 85% 65%)"/>${text}</svg>`,
    );
    let at = x;
    for (const child of frame.children) {
      draw(child, at, depth + 1);
      at += (child.hits / root.hits) * width;
    }
  };
  draw(root, 0, 0);
  const size = `width="${width}" height="${depths * rowHeight}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="monospace" font-size="11">${boxes.join("\n")}</svg>\n`;
}

/** The functions in which most time was spent themselves, whoever called them. */
function hottest(root: Frame): string {
  const own = new Map<string, number>();
  const add = ({ name, hits, children }: Frame): void => {
    const inside = children.reduce((sum, child) => sum + child.hits, 0);
    own.set(name, (own.get(name) ?? 0) + hits - inside);
    children.forEach(add);
  };
  add(root);
  const most = [...own].sort(([, a], [, b]) => b - a).slice(0, 25);
  return most
    .map(([name, hits]) => `${((100 * hits) / root.hits).toFixed(1).padStart(5)} % ${name}`)
    .join("\n");
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

drawCircuit();
